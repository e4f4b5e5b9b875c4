//! The offset at which to begin in a partition, asked from the broker where a time decides.

use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::KafkaResult;
use rdkafka::{Offset, TopicPartitionList};

use super::StartAt;
use super::context::ReaderContext;
use super::listing::Partition;

/// Where to begin in each of `partitions`. Waits for the broker up to `timeout` per question.
pub(super) fn resolve(
    consumer: &BaseConsumer<ReaderContext>,
    partitions: &[Partition],
    start: StartAt,
    timeout: Duration,
) -> KafkaResult<TopicPartitionList> {
    let time_ns = match start {
        StartAt::End => return list(partitions.iter().map(|it| (it, Offset::End))),
        StartAt::Time(ns) => ns,
    };
    // The end is asked for first: a message that comes between the two questions is then not missed.
    let mut ends = Vec::with_capacity(partitions.len());
    for (topic, partition) in partitions {
        ends.push(consumer.fetch_watermarks(topic, *partition, timeout)?.1);
    }
    let time = Offset::Offset(time_ns / 1_000_000);
    let times = list(partitions.iter().map(|it| (it, time)))?;
    let found = consumer.offsets_for_times(times, timeout)?;
    let mut offsets = Vec::with_capacity(partitions.len());
    for ((topic, partition), end) in partitions.iter().zip(ends) {
        let offset = match found.find_partition(topic, *partition) {
            Some(element) => {
                element.error()?;
                element.offset()
            }
            None => Offset::Invalid,
        };
        // Nothing is as new as the time: begin where the partition ended when we asked.
        offsets.push(if matches!(offset, Offset::Offset(_)) {
            offset
        } else {
            Offset::Offset(end)
        });
    }
    list(partitions.iter().zip(offsets))
}

fn list<'a>(
    positions: impl Iterator<Item = (&'a Partition, Offset)>,
) -> KafkaResult<TopicPartitionList> {
    let mut list = TopicPartitionList::new();
    for ((topic, partition), offset) in positions {
        list.add_partition_offset(topic, *partition, offset)?;
    }
    Ok(list)
}
