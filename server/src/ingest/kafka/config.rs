//! Where the broker is and where to begin.

use std::time::{Duration, UNIX_EPOCH};

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

/// A time to begin at cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot begin at {0:?}: write `end`, a time such as 2026-01-31T12:00:00Z, or how long ago, such as 10m"
)]
pub struct StartAtError(String);

impl StartAt {
    /// Reads `end`, a time in UTC (RFC 3339), or how long before `now_ns` (ns since the Unix epoch).
    pub fn parse(text: &str, now_ns: i64) -> Result<Self, StartAtError> {
        let bad = || StartAtError(text.to_owned());
        if text == "end" {
            return Ok(Self::End);
        }
        let ns_of = |span: Duration| i64::try_from(span.as_nanos()).ok();
        if let Ok(ago) = humantime::parse_duration(text) {
            let ago_ns = ns_of(ago).ok_or_else(bad)?;
            return Ok(Self::Time(now_ns.saturating_sub(ago_ns).max(0)));
        }
        let time = humantime::parse_rfc3339_weak(text).ok();
        let since_epoch = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        since_epoch.and_then(ns_of).map(Self::Time).ok_or_else(bad)
    }
}

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

    /// The same for messages of at most `bytes`.
    #[must_use]
    pub fn accepting(self, bytes: usize) -> Self {
        Self {
            max_message_bytes: bytes,
            ..self
        }
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
    fn reading_begins_at_the_end_at_a_time_or_some_time_ago() {
        let now_ns = 1_700_000_000_000_000_000;
        let parse = |text| StartAt::parse(text, now_ns);
        assert_eq!(parse("end"), Ok(StartAt::End));
        assert_eq!(parse("10m"), Ok(StartAt::Time(now_ns - 600_000_000_000)));
        assert_eq!(
            parse("1h 30s"),
            Ok(StartAt::Time(now_ns - 3_630_000_000_000))
        );
        assert_eq!(parse("200years"), Ok(StartAt::Time(0)));
        let time = Ok(StartAt::Time(1_769_860_800_000_000_000));
        assert_eq!(parse("2026-01-31T12:00:00Z"), time);
        for bad in [
            "",
            "tomorrow",
            "10",
            "1960-01-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
        ] {
            assert_eq!(parse(bad), Err(StartAtError(bad.to_owned())), "{bad}");
        }
    }

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
