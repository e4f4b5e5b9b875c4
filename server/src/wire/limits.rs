//! How much one message may ask of us.

use flatbuffers::VerifierOptions;

/// Limits that a decoder holds a message to, so that no message costs more than its bytes justify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_field_names,
    reason = "each is a maximum, and says so where it is set"
)]
pub struct Limits {
    /// Largest accepted message in bytes; 100 MiB by default, what the facility's brokers are set to.
    pub max_message_bytes: usize,
    /// Most tables (variables, attributes) in one message; 4096 by default.
    pub max_tables: usize,
    /// Most pulses in one message of events; 100,000 by default, two hours of a 14 Hz source. Each costs as much
    /// as a message.
    pub max_pulses: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_message_bytes: 100 << 20,
            max_tables: 4096,
            max_pulses: 100_000,
        }
    }
}

/// Tables nest two deep in every schema; the rest is margin.
const MAX_DEPTH: usize = 8;

/// Small messages share vtables and strings, which the verifier counts each time it meets them.
const APPARENT_SLACK_BYTES: usize = 64 << 10;

impl Limits {
    /// The verifier's bounds for a message of `len` bytes. Its apparent size, every shared part counted
    /// as often as it is used, stays near its real one: many small tables cannot all point to one large vector.
    pub(super) fn verifier_options(&self, len: usize) -> VerifierOptions {
        VerifierOptions {
            max_depth: MAX_DEPTH,
            max_tables: self.max_tables,
            max_apparent_size: len.saturating_mul(2).saturating_add(APPARENT_SLACK_BYTES),
            ignore_missing_null_terminator: false,
        }
    }
}
