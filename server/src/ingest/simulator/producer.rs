//! What plays one stream, and where its messages go.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use crate::wire::FlatBufferBuilder;

use super::SimMessage;
use super::pulse::Pulse;

/// Plays one stream. The messages of a pulse depend on nothing but the pulse.
pub(super) trait Producer: fmt::Debug + Send {
    fn produce(&mut self, pulse: &Pulse, output: &mut Output<'_>);
}

/// Where the messages of one stream at one pulse go.
pub(super) struct Output<'a> {
    pub(super) topic: &'a Arc<str>,
    pub(super) source: &'a str,
    pub(super) timestamp_ns: i64,
    pub(super) builder: &'a mut FlatBufferBuilder<'static>,
    pub(super) messages: &'a mut Vec<SimMessage>,
}

impl Output<'_> {
    /// Sends what `encode` leaves in the builder.
    pub(super) fn send(
        &mut self,
        encode: impl for<'b> FnOnce(&'b mut FlatBufferBuilder<'static>, &str) -> &'b [u8],
    ) {
        let bytes = Bytes::copy_from_slice(encode(self.builder, self.source));
        self.send_bytes(bytes);
    }

    /// Sends a message that is encoded already.
    pub(super) fn send_bytes(&mut self, bytes: Bytes) {
        self.messages.push(SimMessage {
            topic: Arc::clone(self.topic),
            bytes,
            timestamp_ns: self.timestamp_ns,
        });
    }
}
