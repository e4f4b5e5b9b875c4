//! The frames of one layer: the newest, a short chain of differences that leads to it, and a few older ones.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use imbl::Vector;

use crate::id::LayerId;
use crate::plot::delta::FrameDelta;
use crate::plot::frame::Frame;
use crate::sync::codec::encode_body;
use crate::version::Revision;

/// Links kept per layer at most.
const MAX_LINKS: usize = 16;
/// Bytes of links kept per layer at most.
const MAX_LINK_BYTES: usize = 1 << 20;
/// Whole frames kept per layer, the newest included, for those who ask by version.
const MAX_RECENT: usize = 3;
/// Bytes of their values; of larger ones the newest alone is kept.
const MAX_RECENT_BYTES: usize = 16 << 20;

/// A frame that is encoded once, when the first session needs it whole.
#[derive(Debug)]
pub struct EncodedFrame {
    frame: Arc<Frame>,
    whole: OnceLock<Bytes>,
    /// Encoded size of an earlier frame of the layer, or the plain size of this one.
    likely_bytes: usize,
}

impl EncodedFrame {
    /// A frame whose encoded size is guessed from its predecessor.
    fn new(frame: Arc<Frame>, previous: Option<&Self>) -> Self {
        let likely_bytes = previous.map_or_else(|| frame.byte_len(), Self::encoded_len);
        Self {
            frame,
            whole: OnceLock::new(),
            likely_bytes,
        }
    }

    /// The frame.
    pub fn frame(&self) -> &Arc<Frame> {
        &self.frame
    }

    /// Its body in the binary form.
    pub fn whole(&self) -> &Bytes {
        self.whole.get_or_init(|| encode_body(&*self.frame))
    }

    /// Whether [`EncodedFrame::whole`] costs nothing any more.
    pub fn is_encoded(&self) -> bool {
        self.whole.get().is_some()
    }

    fn encoded_len(&self) -> usize {
        self.whole.get().map_or(self.likely_bytes, Bytes::len)
    }
}

/// A computed frame on its way into the state.
#[derive(Clone, Debug)]
pub struct PreparedFrame {
    pub(super) layer: LayerId,
    pub(super) barrier: Revision,
    pub(super) frame: Arc<EncodedFrame>,
    pub(super) link: Option<Link>,
}

impl PreparedFrame {
    /// The frame's body in the binary form.
    pub fn whole(&self) -> &Bytes {
        self.frame.whole()
    }

    /// Length of the difference to the frame before, bytes; none where only the whole frame can tell it.
    pub fn link_len(&self) -> Option<usize> {
        self.link.as_ref().map(|link| link.body.len())
    }
}

/// A difference that leads from one frame version to the next.
#[derive(Clone, Debug)]
pub(super) struct Link {
    from: Revision,
    body: Bytes,
}

/// The frames of one layer.
#[derive(Clone, Debug, Default)]
pub struct FrameSlot {
    /// The revision that last cleared the layer: what was computed from before it is not committed.
    barrier: Revision,
    /// How many frames the layer has had.
    count: u64,
    current: Option<(Revision, Arc<EncodedFrame>)>,
    links: Vector<Link>,
    link_bytes: usize,
    recent: Vector<(Revision, Arc<EncodedFrame>)>,
}

impl FrameSlot {
    /// A slot that shows `frame` as its first.
    pub fn with_frame(mut self, layer: LayerId, frame: Arc<Frame>) -> Self {
        if let Some(prepared) = self.prepare(layer, frame) {
            self.push(Revision(1), prepared);
        }
        self
    }

    /// The barrier to hold a computation against: read it before the inputs.
    pub fn barrier(&self) -> Revision {
        self.barrier
    }

    /// How many frames the layer has had.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The newest frame and its version.
    pub fn current(&self) -> Option<(Revision, &Arc<EncodedFrame>)> {
        self.current
            .as_ref()
            .map(|(version, frame)| (*version, frame))
    }

    /// The frame of exactly `version`, while it is kept.
    pub fn at(&self, version: Revision) -> Option<&Arc<EncodedFrame>> {
        self.recent
            .iter()
            .find(|(v, _)| *v == version)
            .map(|(_, frame)| frame)
    }

    /// The differences from `have` to the newest frame, when all are kept and they are shorter than it.
    pub(super) fn chain_from(&self, have: Revision) -> Option<Vec<Bytes>> {
        let start = self.links.iter().position(|link| link.from == have)?;
        let chain: Vec<Bytes> = self
            .links
            .iter()
            .skip(start)
            .map(|l| l.body.clone())
            .collect();
        let bytes: usize = chain.iter().map(Bytes::len).sum();
        (bytes < self.current.as_ref()?.1.encoded_len()).then_some(chain)
    }

    /// Prepares the frame computed for `layer` after `self`; the costly part of a commit, done before it.
    /// `None` when the picture is the one shown already.
    pub fn prepare(&self, layer: LayerId, frame: Arc<Frame>) -> Option<PreparedFrame> {
        let previous = self.current.as_ref();
        if previous.is_some_and(|(_, shown)| shown.frame == frame) {
            return None;
        }
        let link = previous.and_then(|(from, shown)| {
            let delta = FrameDelta::between(&shown.frame, &frame)?;
            let body = encode_body(&delta);
            (body.len() < shown.encoded_len()).then_some(Link { from: *from, body })
        });
        let frame = EncodedFrame::new(frame, previous.map(|(_, shown)| &**shown));
        Some(PreparedFrame {
            layer,
            barrier: self.barrier,
            frame: Arc::new(frame),
            link,
        })
    }

    /// Takes a prepared frame as the newest; false when the layer was cleared since it was computed.
    pub(super) fn push(&mut self, version: Revision, prepared: PreparedFrame) -> bool {
        if prepared.barrier != self.barrier {
            return false;
        }
        let follows = self.current.as_ref().map(|(version, _)| *version);
        match prepared.link.filter(|link| Some(link.from) == follows) {
            Some(link) => {
                self.link_bytes += link.body.len();
                self.links.push_back(link);
                while self.links.len() > MAX_LINKS || self.link_bytes > MAX_LINK_BYTES {
                    let dropped = self.links.pop_front().map_or(0, |link| link.body.len());
                    self.link_bytes -= dropped;
                }
            }
            None => self.drop_links(),
        }
        self.count += 1;
        self.recent
            .push_back((version, Arc::clone(&prepared.frame)));
        while self.recent.len() > 1
            && (self.recent.len() > MAX_RECENT || self.recent_bytes() > MAX_RECENT_BYTES)
        {
            self.recent.pop_front();
        }
        self.current = Some((version, prepared.frame));
        true
    }

    /// Forgets the frames, since what they showed no longer holds.
    pub(super) fn clear(&mut self, revision: Revision) {
        self.barrier = revision;
        self.current = None;
        self.recent = Vector::new();
        self.drop_links();
    }

    fn recent_bytes(&self) -> usize {
        self.recent
            .iter()
            .map(|(_, frame)| frame.frame.byte_len())
            .sum()
    }

    fn drop_links(&mut self) {
        self.links = Vector::new();
        self.link_bytes = 0;
    }
}
