//! What the broker says exists, without librdkafka's types.

use std::collections::BTreeMap;

use rdkafka::metadata::{Metadata, MetadataPartition};

/// A partition of a topic.
pub(super) type Partition = (String, i32);

/// The partitions of each topic, and which of them nobody leads at the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) topics: BTreeMap<String, Vec<i32>>,
    pub(super) leaderless: Vec<Partition>,
}

impl Listing {
    /// What `metadata` says of the topics in `wanted`. A topic without partitions does not exist yet.
    pub(super) fn of(metadata: &Metadata, wanted: &[String]) -> Self {
        let mut listing = Self::default();
        let topics = metadata.topics().iter();
        for topic in topics.filter(|topic| wanted.iter().any(|name| name == topic.name())) {
            let partitions: Vec<_> = topic
                .partitions()
                .iter()
                .map(MetadataPartition::id)
                .collect();
            let leaderless = topic.partitions().iter().filter(|it| it.leader() < 0);
            listing
                .leaderless
                .extend(leaderless.map(|it| (topic.name().to_owned(), it.id())));
            if !partitions.is_empty() {
                listing.topics.insert(topic.name().to_owned(), partitions);
            }
        }
        listing
    }
}
