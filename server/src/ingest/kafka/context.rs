//! What librdkafka says on its own, as log lines of ours.

use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::KafkaError;

/// The reader's context. Errors come a second time with the messages, where they are dealt with.
pub(super) struct ReaderContext;

impl ClientContext for ReaderContext {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, line: &str) {
        forward(level, facility, line);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::debug!("librdkafka: {error}: {reason}");
    }
}

impl ConsumerContext for ReaderContext {}

/// Logs a line of librdkafka. It repeats itself with every attempt to connect, and what matters of it
/// is in the status, so that all but the worst goes to debug.
pub(super) fn forward(level: RDKafkaLogLevel, facility: &str, line: &str) {
    use RDKafkaLogLevel::{Alert, Critical, Emerg};
    if matches!(level, Emerg | Alert | Critical) {
        tracing::error!(facility, "librdkafka: {line}");
    } else {
        tracing::debug!(facility, "librdkafka: {line}");
    }
}
