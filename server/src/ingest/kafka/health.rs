//! How the source is doing, in words for the status page.

use super::listing::Partition;
use crate::ingest::SourceState;

/// All that the status tells.
#[derive(Clone, Debug)]
pub(super) struct Health {
    pub(super) brokers: String,
    pub(super) link: Link,
    pub(super) topics: usize,
    pub(super) partitions: usize,
    pub(super) missing: Vec<String>,
    pub(super) leaderless: Vec<Partition>,
    /// What the broker last complained about.
    pub(super) complaint: Option<String>,
}

/// Whether the broker answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// Not tried yet.
    Unknown,
    /// It does.
    Up,
    /// It does not, for this reason.
    Down(String),
}

impl Health {
    pub(super) fn new(brokers: &str, topics: usize) -> Self {
        Self {
            brokers: brokers.to_owned(),
            link: Link::Unknown,
            topics,
            partitions: 0,
            missing: Vec::new(),
            leaderless: Vec::new(),
            complaint: None,
        }
    }

    /// The state and the message for people.
    pub(super) fn report(&self) -> (SourceState, String) {
        match &self.link {
            Link::Unknown => (
                SourceState::Starting,
                format!("connecting to Kafka at {}", self.brokers),
            ),
            Link::Down(reason) => (SourceState::Degraded, self.unreachable(reason)),
            Link::Up => self.connected(),
        }
    }

    fn unreachable(&self, reason: &str) -> String {
        let remedy = if self.partitions == 0 {
            "check the address, and that the broker is running"
        } else {
            "the connection was lost"
        };
        format!(
            "cannot reach Kafka at {}: {remedy}; trying again ({reason})",
            self.brokers
        )
    }

    fn connected(&self) -> (SourceState, String) {
        let mut troubles = Vec::new();
        if !self.missing.is_empty() {
            let missing = self.missing.join(", ");
            troubles.push(format!(
                "waiting for topics that do not exist: {missing} (create them, or correct the instrument file)"
            ));
        }
        if !self.leaderless.is_empty() {
            let names: Vec<_> = self
                .leaderless
                .iter()
                .map(|(topic, partition)| format!("{topic}[{partition}]"))
                .collect();
            troubles.push(format!("waiting for a broker to lead {}", names.join(", ")));
        }
        troubles.extend(
            self.complaint
                .iter()
                .map(|text| format!("the broker says: {text}")),
        );
        let reading = format!(
            "reading {} partitions of {} topics at {}",
            self.partitions,
            self.topics - self.missing.len(),
            self.brokers
        );
        if troubles.is_empty() {
            return (SourceState::Running, reading);
        }
        troubles.push(reading);
        (SourceState::Degraded, troubles.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trouble_is_told_with_what_to_do() {
        let mut health = Health::new("localhost:9092", 2);
        assert_eq!(health.report().0, SourceState::Starting);
        health.link = Link::Down("connection refused".to_owned());
        let (state, text) = health.report();
        assert_eq!(state, SourceState::Degraded);
        assert!(
            text.contains("cannot reach Kafka at localhost:9092: check the address"),
            "{text}"
        );
        health.link = Link::Up;
        health.partitions = 3;
        health.missing = vec!["dummy_motion".to_owned()];
        let (state, text) = health.report();
        assert_eq!(state, SourceState::Degraded);
        assert!(text.contains("dummy_motion (create them"), "{text}");
        assert!(
            text.ends_with("reading 3 partitions of 1 topics at localhost:9092"),
            "{text}"
        );
        health.missing.clear();
        assert_eq!(health.report().0, SourceState::Running);
        health.leaderless = vec![("dummy_motion".to_owned(), 2)];
        assert!(health.report().1.contains("to lead dummy_motion[2]"));
        health.link = Link::Down("timed out".to_owned());
        assert!(health.report().1.contains("connection was lost"));
    }
}
