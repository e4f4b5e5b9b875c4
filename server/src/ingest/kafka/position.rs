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

/// Where to begin in each of `partitions` that was never read. Waits for the broker up to `timeout` per
/// question.
pub(super) fn resolve(
    client: &Client,
    partitions: Vec<Partition>,
    start: StartAt,
    timeout: Duration,
) -> KafkaResult<Vec<(Partition, i64)>> {
    // The end is asked for first: a message that comes between the two questions is then not missed.
    let mut begun = Vec::with_capacity(partitions.len());
    for (topic, partition) in partitions {
        let (_, end) = client.fetch_watermarks(&topic, partition, timeout)?;
        begun.push(((topic, partition), end));
    }
    let StartAt::Time(time_ns) = start else {
        return Ok(begun);
    };
    if begun.is_empty() {
        return Ok(begun);
    }
    let time_ms = time_ns / 1_000_000;
    let times = list(begun.iter().map(|(partition, _)| (partition, time_ms)))?;
    let found = client.offsets_for_times(times, timeout)?;
    for ((topic, partition), offset) in &mut begun {
        if let Some(element) = found.find_partition(topic, *partition) {
            element.error()?;
            // Nothing is as new as the time: begin where the partition ended when we asked.
            if let Offset::Offset(at_time) = element.offset() {
                *offset = at_time;
            }
        }
    }
    Ok(begun)
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
