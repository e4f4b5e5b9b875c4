//! Which partitions to read and where to begin in each: bookkeeping without a broker.

use std::collections::BTreeSet;

use super::StartAt;
use super::listing::{Listing, Partition};

/// How far the clock of a producer may be behind, in ns. A partition that appears later is read from
/// this long before it was last known to be absent: nothing of it was read before, so nothing repeats.
const LATE_MARGIN_NS: i64 = 60_000_000_000;

/// The partitions read so far. None is ever given up: if its topic is gone, it may come back.
#[derive(Clone, Debug)]
pub(super) struct Assignment {
    wanted: Vec<String>,
    start: StartAt,
    taken: BTreeSet<Partition>,
    listed_ns: Option<i64>,
}

impl Assignment {
    pub(super) fn new(wanted: Vec<String>, start: StartAt) -> Self {
        Self {
            wanted,
            start,
            taken: BTreeSet::new(),
            listed_ns: None,
        }
    }

    /// The topics to read.
    pub(super) fn wanted(&self) -> &[String] {
        &self.wanted
    }

    /// Number of partitions read.
    pub(super) fn partition_count(&self) -> usize {
        self.taken.len()
    }

    /// The partitions in `listing` that are not read yet.
    pub(super) fn untaken(&self, listing: &Listing) -> Vec<Partition> {
        let partitions = listing.topics.iter().flat_map(|(topic, partitions)| {
            partitions
                .iter()
                .map(|partition| (topic.clone(), *partition))
        });
        partitions
            .filter(|partition| !self.taken.contains(partition))
            .collect()
    }

    /// Where to begin in partitions that are new now.
    ///
    /// What exists when the broker is first reached begins as configured. What appears later is new,
    /// and is read from when it was not there: none of it is lost while we look for it, and a broker
    /// that forgets to mention a topic at first does not make us replay its past.
    pub(super) fn start(&self) -> StartAt {
        match (self.start, self.listed_ns) {
            (StartAt::End, Some(ns)) => StartAt::Time((ns - LATE_MARGIN_NS).max(0)),
            (configured, _) => configured,
        }
    }

    /// Records that `partitions` are read, all that a listing made at `now_ns` had to offer.
    pub(super) fn take(&mut self, partitions: Vec<Partition>, now_ns: i64) {
        self.taken.extend(partitions);
        self.listed_ns = Some(now_ns);
    }

    /// The topics that `listing` lacks.
    pub(super) fn missing(&self, listing: &Listing) -> Vec<String> {
        let wanted = self.wanted.iter();
        wanted
            .filter(|topic| !listing.topics.contains_key(*topic))
            .cloned()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_NS: i64 = 1_700_000_000_000_000_000;

    fn listing(topics: &[(&str, &[i32])]) -> Listing {
        let owned =
            |(topic, partitions): &(&str, &[i32])| ((*topic).to_owned(), partitions.to_vec());
        Listing {
            topics: topics.iter().map(owned).collect(),
            leaderless: Vec::new(),
        }
    }

    fn assignment() -> Assignment {
        Assignment::new(vec!["a".to_owned(), "b".to_owned()], StartAt::End)
    }

    #[test]
    fn every_partition_is_taken_once() {
        let mut assignment = assignment();
        let all = listing(&[("a", &[0, 1]), ("b", &[0])]);
        let untaken = assignment.untaken(&all);
        assert_eq!(
            untaken,
            [
                ("a".to_owned(), 0),
                ("a".to_owned(), 1),
                ("b".to_owned(), 0)
            ]
        );
        assignment.take(untaken, NOW_NS);
        assert_eq!(assignment.partition_count(), 3);
        assert!(assignment.untaken(&all).is_empty());
        assert!(assignment.missing(&all).is_empty());
        assert!(assignment.untaken(&listing(&[])).is_empty());
        assert!(
            assignment.untaken(&all).is_empty(),
            "a topic that was gone is not read twice"
        );
    }

    #[test]
    fn what_appears_later_is_read_from_when_it_was_absent() {
        let mut assignment = assignment();
        let first = listing(&[("a", &[0])]);
        assert_eq!(assignment.start(), StartAt::End);
        assert_eq!(assignment.missing(&first), ["b"]);
        assignment.take(assignment.untaken(&first), NOW_NS);
        let second = listing(&[("a", &[0, 1]), ("b", &[0])]);
        assert_eq!(
            assignment.untaken(&second),
            [("a".to_owned(), 1), ("b".to_owned(), 0)]
        );
        assert_eq!(assignment.start(), StartAt::Time(NOW_NS - LATE_MARGIN_NS));
        assignment.start = StartAt::Time(1);
        assert_eq!(assignment.start(), StartAt::Time(1), "as was asked for");
    }
}
