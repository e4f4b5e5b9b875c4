//! Which partitions to read and where to begin in each: bookkeeping without a broker.

use std::collections::BTreeMap;

use super::StartAt;
use super::listing::{Listing, Partition};

/// How far the clock of a producer may be behind, in ns. A partition that appears later is read from
/// this long before it was last known to be absent: nothing of it was read before, so nothing repeats.
const LATE_MARGIN_NS: i64 = 60_000_000_000;

/// The partitions that are read, and those that were: if a topic is gone, it may come back.
#[derive(Clone, Debug)]
pub(super) struct Assignment {
    wanted: Vec<String>,
    start: StartAt,
    /// With the offset at which reading began.
    taken: BTreeMap<Partition, i64>,
    /// With the offset of the message that would have been next.
    left: BTreeMap<Partition, i64>,
    listed_ns: Option<i64>,
}

impl Assignment {
    pub(super) fn new(wanted: Vec<String>, start: StartAt) -> Self {
        Self {
            wanted,
            start,
            taken: BTreeMap::new(),
            left: BTreeMap::new(),
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

    /// The partitions in `listing` that are not read and that somebody leads.
    pub(super) fn untaken(&self, listing: &Listing) -> Vec<Partition> {
        let partitions = listing.topics.iter().flat_map(|(topic, partitions)| {
            partitions
                .iter()
                .map(|partition| (topic.clone(), *partition))
        });
        partitions
            .filter(|partition| !self.taken.contains_key(partition))
            .filter(|partition| !listing.leaderless.contains(partition))
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

    /// Where reading of a partition stopped, if it was read before.
    pub(super) fn left(&self, partition: &Partition) -> Option<i64> {
        self.left.get(partition).copied()
    }

    /// Records that partitions are read from these offsets, all that a listing made at `now_ns` had to offer.
    pub(super) fn take(&mut self, begun: Vec<(Partition, i64)>, now_ns: i64) {
        for (partition, _) in &begun {
            self.left.remove(partition);
        }
        self.taken.extend(begun);
        self.listed_ns = Some(now_ns);
    }

    /// Records that nothing is read any more. `next` knows the partitions of which something was read.
    pub(super) fn leave(&mut self, next: &BTreeMap<Partition, i64>) {
        let next = |partition: &Partition| next.get(partition).copied();
        let taken = std::mem::take(&mut self.taken).into_iter();
        self.left.extend(
            taken.map(|(partition, begun)| (partition.clone(), next(&partition).unwrap_or(begun))),
        );
    }

    /// Whether a topic that is read is not in `listing`: it was deleted, or the broker lost it.
    pub(super) fn has_lost(&self, listing: &Listing) -> bool {
        let mut topics = self.taken.keys().map(|(topic, _)| topic);
        topics.any(|topic| !listing.topics.contains_key(topic))
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

    fn from(offset: i64, partitions: Vec<Partition>) -> Vec<(Partition, i64)> {
        partitions.into_iter().map(|it| (it, offset)).collect()
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
        assignment.take(from(0, untaken), NOW_NS);
        assert_eq!(assignment.partition_count(), 3);
        assert!(assignment.untaken(&all).is_empty());
        assert!(assignment.missing(&all).is_empty());
        assert!(!assignment.has_lost(&all));
        assert!(assignment.untaken(&listing(&[])).is_empty());
        assert!(assignment.has_lost(&listing(&[("a", &[0, 1])])));
    }

    #[test]
    fn a_partition_that_nobody_leads_waits() {
        let assignment = assignment();
        let mut all = listing(&[("a", &[0, 1])]);
        all.leaderless = vec![("a".to_owned(), 1)];
        assert_eq!(assignment.untaken(&all), [("a".to_owned(), 0)]);
    }

    #[test]
    fn what_was_left_is_taken_up_where_it_was_left() {
        let mut assignment = assignment();
        let all = listing(&[("a", &[0, 1])]);
        let [read, quiet] = [("a".to_owned(), 0), ("a".to_owned(), 1)];
        assignment.take(from(5, assignment.untaken(&all)), NOW_NS);
        assert_eq!(assignment.left(&read), None);
        assignment.leave(&BTreeMap::from([(read.clone(), 9)]));
        assert_eq!(assignment.partition_count(), 0);
        let left = [assignment.left(&read), assignment.left(&quiet)];
        assert_eq!(left, [Some(9), Some(5)]);
        assert_eq!(assignment.untaken(&all).len(), 2);
        // Nothing came in the meantime, and it is left again.
        assignment.leave(&BTreeMap::new());
        assert_eq!(assignment.left(&read), Some(9));
        assignment.take(from(9, assignment.untaken(&all)), NOW_NS);
        assert_eq!(assignment.left(&read), None);
    }

    #[test]
    fn what_appears_later_is_read_from_when_it_was_absent() {
        let mut assignment = assignment();
        let first = listing(&[("a", &[0])]);
        assert_eq!(assignment.start(), StartAt::End);
        assert_eq!(assignment.missing(&first), ["b"]);
        assignment.take(from(0, assignment.untaken(&first)), NOW_NS);
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
