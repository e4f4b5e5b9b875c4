//! Where the broker is and where to begin.

use rdkafka::ClientConfig;
use uuid::Uuid;

use crate::wire::Limits;

/// What the Kafka source needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KafkaConfig {
    brokers: String,
    /// Where to begin in partitions that exist when the broker is first reached.
    pub(super) start: StartAt,
    /// Largest message to receive, in bytes: what the wire formats accept.
    pub(super) max_message_bytes: usize,
}

/// Where to begin in a partition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StartAt {
    /// With the next message.
    #[default]
    End,
    /// With the first message stamped at or after this time, in ns since the Unix epoch.
    Time(i64),
}

/// The list of brokers cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not a list of Kafka brokers; write host:port, several of them separated by commas"
)]
pub struct BrokersError(String);

impl KafkaConfig {
    /// Reads from the brokers at `brokers` (`host:port`, separated by commas), from the end.
    pub fn new(brokers: &str) -> Result<Self, BrokersError> {
        let brokers = checked_brokers(brokers)?;
        Ok(Self {
            brokers,
            start: StartAt::End,
            max_message_bytes: Limits::default().max_message_bytes,
        })
    }

    /// The same, beginning at `start`.
    #[must_use]
    pub fn starting(self, start: StartAt) -> Self {
        Self { start, ..self }
    }

    /// The brokers, as `host:port` separated by commas.
    pub fn brokers(&self) -> &str {
        &self.brokers
    }

    pub(super) fn consumer(&self) -> ClientConfig {
        let mut config = client(&self.brokers);
        // librdkafka wants room for the largest message and the protocol's own bytes around it.
        let receive_bytes = self
            .max_message_bytes
            .saturating_add(1 << 20)
            .min(1_000_000_000);
        config
            // An id is required even though no group is ever joined and no offset is ever stored.
            .set("group.id", format!("beamdeck-{}", Uuid::new_v4()))
            .set("enable.auto.commit", "false")
            .set("enable.auto.offset.store", "false")
            // Where the broker has lost or discarded what we would read next, go on with what is live.
            .set("auto.offset.reset", "latest")
            .set("allow.auto.create.topics", "false")
            .set("fetch.wait.max.ms", "100")
            .set("fetch.error.backoff.ms", "200")
            .set("fetch.message.max.bytes", (16 << 20).to_string())
            .set("queued.max.messages.kbytes", (64 << 10).to_string())
            .set("receive.message.max.bytes", receive_bytes.to_string())
            .set("topic.metadata.refresh.interval.ms", "10000");
        config
    }
}

/// What readers and writers share: how to find the broker again after it was lost.
pub(super) fn client(brokers: &str) -> ClientConfig {
    let mut config = ClientConfig::new();
    config
        .set("bootstrap.servers", brokers)
        .set("client.id", "beamdeck")
        .set("socket.keepalive.enable", "true")
        .set("reconnect.backoff.ms", "100")
        .set("reconnect.backoff.max.ms", "1000");
    config
}

/// Passes on a list of `host:port` without blanks around its items.
pub(super) fn checked_brokers(brokers: &str) -> Result<String, BrokersError> {
    let items: Vec<_> = brokers.split(',').map(str::trim).collect();
    let valid = |item: &&str| {
        let parts = item.rsplit_once(':');
        parts.is_some_and(|(host, port)| {
            !host.is_empty() && !host.contains(char::is_whitespace) && port.parse::<u16>().is_ok()
        })
    };
    if items.iter().all(valid) {
        Ok(items.join(","))
    } else {
        Err(BrokersError(brokers.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brokers_are_host_and_port() {
        let config = KafkaConfig::new("kafka-1:9092, [::1]:9093").unwrap();
        assert_eq!(config.brokers(), "kafka-1:9092,[::1]:9093");
        for bad in [
            "",
            "kafka",
            "kafka:",
            ":9092",
            "kafka:99999",
            "a:1,,b:2",
            "a b:1",
        ] {
            assert_eq!(
                KafkaConfig::new(bad),
                Err(BrokersError(bad.to_owned())),
                "{bad}"
            );
        }
    }
}
