//! Offsets: where to begin in a partition, and how far reading came.

use std::collections::BTreeMap;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::KafkaResult;
use rdkafka::{Offset, TopicPartitionList};

use super::StartAt;
use super::context::ReaderContext;
use super::listing::Partition;

/// A connection to the brokers.
pub(super) type Client = BaseConsumer<ReaderContext>;

/// Where to begin in a partition that was never read. Waits for the broker up to `timeout` per question; asks
/// for this partition alone, so that one that cannot be read holds up no other.
pub(super) fn resolve(
    client: &Client,
    partition: &Partition,
    start: StartAt,
    timeout: Duration,
) -> KafkaResult<i64> {
    // The end is asked for first: a message that comes between the two questions is then not missed.
    let (topic, number) = partition;
    let (_, end) = client.fetch_watermarks(topic, *number, timeout)?;
    let StartAt::Time(time_ns) = start else {
        return Ok(end);
    };
    let times = list(std::iter::once((partition, time_ns / 1_000_000)))?;
    let found = client.offsets_for_times(times, timeout)?;
    let Some(element) = found.find_partition(topic, *number) else {
        return Ok(end);
    };
    element.error()?;
    Ok(match element.offset() {
        Offset::Offset(at_time) => at_time,
        // Nothing is as new as the time: begin where the partition ended when we asked.
        _ => end,
    })
}

/// Where to go on in a partition whose next message was `next`. A partition that has no such place any more
/// is another one of the same name, or was cut: all of it is new.
pub(super) fn resume(
    client: &Client,
    (topic, partition): &Partition,
    next: i64,
    timeout: Duration,
) -> KafkaResult<i64> {
    let (first, end) = client.fetch_watermarks(topic, *partition, timeout)?;
    Ok(if (first..=end).contains(&next) {
        next
    } else {
        first
    })
}

/// The next offset of every partition of which something was read.
pub(super) fn reached(client: &Client) -> KafkaResult<BTreeMap<Partition, i64>> {
    let positions = client.position()?;
    let elements = positions.elements().into_iter();
    Ok(elements
        .filter_map(|it| match it.offset() {
            Offset::Offset(next) => Some(((it.topic().to_owned(), it.partition()), next)),
            _ => None,
        })
        .collect())
}

/// The offsets of partitions as librdkafka takes them.
pub(super) fn list<'a>(
    offsets: impl Iterator<Item = (&'a Partition, i64)>,
) -> KafkaResult<TopicPartitionList> {
    let mut list = TopicPartitionList::new();
    for ((topic, partition), offset) in offsets {
        list.add_partition_offset(topic, *partition, Offset::Offset(offset))?;
    }
    Ok(list)
}
