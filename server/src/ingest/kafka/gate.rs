//! Keeps back what is older than the time at which reading was to begin.

use std::collections::BTreeMap;

use super::listing::Partition;

/// One gate per partition that is read from a time; it opens for good with the first message that is
/// new enough. Some brokers know the place of a time only roughly and begin too early.
#[derive(Clone, Debug, Default)]
pub(super) struct Gates(BTreeMap<String, BTreeMap<i32, i64>>);

impl Gates {
    /// Closes the gate of `partition` to messages stamped before `time_ms` (ms since the Unix epoch).
    pub(super) fn close(&mut self, (topic, partition): &Partition, time_ms: i64) {
        self.0
            .entry(topic.clone())
            .or_default()
            .insert(*partition, time_ms);
    }

    /// Whether a message stamped `stamp_ms` may pass; one without a stamp may.
    pub(super) fn admits(&mut self, topic: &str, partition: i32, stamp_ms: Option<i64>) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let Some(gates) = self.0.get_mut(topic) else {
            return true;
        };
        let closed = gates.get(&partition).zip(stamp_ms);
        if closed.is_some_and(|(time_ms, stamp_ms)| stamp_ms < *time_ms) {
            return false;
        }
        gates.remove(&partition);
        if gates.is_empty() {
            self.0.remove(topic);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_opens_for_good_with_the_first_message_that_is_new_enough() {
        let mut gates = Gates::default();
        gates.close(&("a".to_owned(), 1), 100);
        assert!(!gates.admits("a", 1, Some(99)));
        assert!(gates.admits("a", 0, Some(1)), "another partition");
        assert!(gates.admits("b", 1, Some(1)), "another topic");
        assert!(gates.admits("a", 1, Some(100)));
        assert!(
            gates.admits("a", 1, Some(99)),
            "messages may be out of order"
        );
        assert!(gates.0.is_empty());
        gates.close(&("a".to_owned(), 0), 100);
        assert!(gates.admits("a", 0, None));
    }
}
