//! A message on its way from a source to the reduction.

use bytes::Bytes;

use super::StreamIndex;

/// One message whose schema, stream and times have been checked; its values have not.
#[derive(Clone, Debug)]
pub struct RawMessage {
    /// The stream it belongs to.
    pub stream: StreamIndex,
    /// The message as it came, schema identifier and all.
    pub bytes: Bytes,
    /// The newest data time in it, in ns since the Unix epoch.
    pub data_ns: i64,
    /// When its producer or broker stamped it, in ns since the Unix epoch; the time of events whose
    /// message carries none.
    pub timestamp_ns: i64,
}

impl RawMessage {
    /// What keeping the message costs, in bytes: empty messages are not free.
    pub fn cost_bytes(&self) -> usize {
        self.bytes.len() + OVERHEAD_BYTES
    }
}

/// The message's own struct and its share of the queue's bookkeeping, rounded up.
const OVERHEAD_BYTES: usize = 128;
