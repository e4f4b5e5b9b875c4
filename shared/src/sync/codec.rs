//! The binary form: a postcard envelope, then length-prefixed bodies, each compressed once per version.
//!
//! ```text
//! u32 length · postcard(Answer) · { u32 length · body }*      all lengths little-endian
//! body = u8 0 · postcard        stored
//!      | u8 1 · lz4(postcard)   compressed, original length first
//! ```

use bytes::{BufMut as _, Bytes, BytesMut};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::message::{Answer, FrameContent, FrameUpdate};
use crate::plot::delta::FrameDelta;
use crate::plot::frame::Frame;

/// The media type of the binary form.
pub const MEDIA_TYPE: &str = "application/vnd.beamdeck.sync";

/// The media type of one frame alone, a body as it stands in an answer.
pub const FRAME_MEDIA_TYPE: &str = "application/vnd.beamdeck.frame";

/// An answer with the bodies of its frames, shared by reference between sessions.
#[derive(Clone, Debug)]
pub struct Packet {
    /// The envelope.
    pub answer: Answer,
    /// The bodies, in the order of the updates.
    pub bodies: Vec<Bytes>,
}

/// An answer whose frames are decoded.
#[derive(Clone, Debug)]
pub struct DecodedAnswer {
    /// The envelope.
    pub answer: Answer,
    /// One entry per frame update.
    pub frames: Vec<DecodedFrame>,
}

/// A decoded frame update.
#[derive(Clone, Debug)]
pub enum DecodedFrame {
    /// The layer has no frame.
    None,
    /// The whole frame.
    Whole(Box<Frame>),
    /// Differences, to apply in order.
    Delta(Vec<FrameDelta>),
}

/// The bytes are not an answer of this protocol.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes end too early.
    #[error("the answer ends in the middle of {0}")]
    Truncated(&'static str),
    /// A part does not decode.
    #[error("{part} does not decode: {reason}")]
    Malformed {
        /// Which part.
        part: &'static str,
        /// Why.
        reason: String,
    },
    /// Bytes follow the last body.
    #[error("{0} bytes follow the last frame")]
    Trailing(usize),
}

impl Packet {
    /// Everything before the bodies, and each body's length prefix, as chunks to send in order without copying bodies.
    pub fn chunks(&self) -> Vec<Bytes> {
        let envelope = postcard::to_stdvec(&self.answer).expect("writing to memory cannot fail");
        let mut chunks = Vec::with_capacity(1 + 2 * self.bodies.len());
        chunks.push(with_length(&envelope));
        for body in &self.bodies {
            chunks.push(Bytes::copy_from_slice(&(body.len() as u32).to_le_bytes()));
            chunks.push(body.clone());
        }
        chunks
    }

    /// The whole packet as one piece.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.chunks().concat()
    }
}

fn with_length(bytes: &[u8]) -> Bytes {
    let mut out = BytesMut::with_capacity(4 + bytes.len());
    out.put_u32_le(bytes.len() as u32);
    out.put_slice(bytes);
    out.freeze()
}

/// Reads a packet whole: nothing of it is used before all of it is understood.
pub fn decode_packet(bytes: &[u8]) -> Result<DecodedAnswer, DecodeError> {
    let mut rest = bytes;
    let envelope = take_part(&mut rest, "the envelope")?;
    let answer: Answer = from_postcard(envelope, "the envelope")?;
    let frames = answer
        .frames
        .iter()
        .map(|update| decode_frame(update, &mut rest))
        .collect::<Result<_, _>>()?;
    if !rest.is_empty() {
        return Err(DecodeError::Trailing(rest.len()));
    }
    Ok(DecodedAnswer { answer, frames })
}

fn decode_frame(update: &FrameUpdate, rest: &mut &[u8]) -> Result<DecodedFrame, DecodeError> {
    Ok(match update.content {
        FrameContent::None => DecodedFrame::None,
        FrameContent::Whole => {
            DecodedFrame::Whole(Box::new(decode_body(take_part(rest, "a frame")?)?))
        }
        FrameContent::Delta { links } => DecodedFrame::Delta(
            (0..links)
                .map(|_| decode_body(take_part(rest, "a difference")?))
                .collect::<Result<_, _>>()?,
        ),
    })
}

fn take_part<'a>(rest: &mut &'a [u8], part: &'static str) -> Result<&'a [u8], DecodeError> {
    let truncated = || DecodeError::Truncated(part);
    let (length, tail) = rest.split_first_chunk::<4>().ok_or_else(truncated)?;
    let (body, tail) = tail
        .split_at_checked(u32::from_le_bytes(*length) as usize)
        .ok_or_else(truncated)?;
    *rest = tail;
    Ok(body)
}

const STORED: u8 = 0;
const LZ4: u8 = 1;
/// Larger bodies are refused before memory is taken for them.
const MAX_BODY_BYTES: u32 = 1 << 30;
/// Below this, compressing costs more than it saves.
const MIN_COMPRESSED_BYTES: usize = 256;

/// Writes a frame or a difference as one body.
pub fn encode_body<T: Serialize>(value: &T) -> Bytes {
    let plain = postcard::to_stdvec(value).expect("writing to memory cannot fail");
    if plain.len() >= MIN_COMPRESSED_BYTES {
        let packed = lz4_flex::compress_prepend_size(&plain);
        if packed.len() < plain.len() {
            return tagged(LZ4, &packed);
        }
    }
    tagged(STORED, &plain)
}

fn tagged(tag: u8, bytes: &[u8]) -> Bytes {
    let mut out = BytesMut::with_capacity(1 + bytes.len());
    out.put_u8(tag);
    out.put_slice(bytes);
    out.freeze()
}

/// Reads one body.
pub fn decode_body<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    let malformed = |reason: String| DecodeError::Malformed {
        part: "a frame",
        reason,
    };
    match body.split_first() {
        Some((&STORED, plain)) => from_postcard(plain, "a frame"),
        Some((&LZ4, packed)) => {
            let size = packed.first_chunk::<4>().map(|s| u32::from_le_bytes(*s));
            if size.is_none_or(|size| size > MAX_BODY_BYTES) {
                return Err(malformed("it claims an impossible length".to_owned()));
            }
            let plain = lz4_flex::decompress_size_prepended(packed)
                .map_err(|error| malformed(error.to_string()))?;
            from_postcard(&plain, "a frame")
        }
        Some((tag, _)) => Err(malformed(format!("unknown compression {tag}"))),
        None => Err(DecodeError::Truncated("a frame")),
    }
}

fn from_postcard<T: DeserializeOwned>(bytes: &[u8], part: &'static str) -> Result<T, DecodeError> {
    postcard::from_bytes(bytes).map_err(|error| DecodeError::Malformed {
        part,
        reason: error.to_string(),
    })
}
