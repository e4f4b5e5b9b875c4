//! The queue inside the channel: in order of arrival, bounded by bytes, fair between streams.

use std::collections::{BTreeMap, VecDeque};

use super::{Level, RawMessage};

/// Messages in order of arrival. When they exceed the limit, the stream that holds the most bytes
/// loses its oldest: a flood of events never costs a temperature.
#[derive(Debug)]
pub(super) struct Queue {
    limit_bytes: usize,
    bytes: usize,
    next: u64,
    messages: BTreeMap<u64, RawMessage>,
    streams: Vec<Share>,
}

/// What one stream has in the queue.
#[derive(Debug, Default)]
struct Share {
    bytes: usize,
    numbers: VecDeque<u64>,
}

impl Queue {
    pub(super) fn new(limit_bytes: usize) -> Self {
        Self {
            limit_bytes,
            bytes: 0,
            next: 0,
            messages: BTreeMap::new(),
            streams: Vec::new(),
        }
    }

    pub(super) fn level(&self) -> Level {
        Level {
            messages: self.messages.len(),
            bytes: self.bytes,
            limit_bytes: self.limit_bytes,
        }
    }

    /// Appends `message` and returns what had to go, which may be `message` itself.
    pub(super) fn push(&mut self, message: RawMessage) -> Vec<RawMessage> {
        let cost = message.cost_bytes();
        if cost > self.limit_bytes {
            return vec![message];
        }
        let stream = message.stream.as_usize();
        if self.streams.len() <= stream {
            self.streams.resize_with(stream + 1, Share::default);
        }
        self.streams[stream].bytes += cost;
        self.streams[stream].numbers.push_back(self.next);
        self.messages.insert(self.next, message);
        self.next += 1;
        self.bytes += cost;
        let mut dropped = Vec::new();
        while self.bytes > self.limit_bytes {
            dropped.extend(self.drop_oldest_of_largest());
        }
        dropped
    }

    /// The oldest message.
    pub(super) fn pop(&mut self) -> Option<RawMessage> {
        self.pop_within(usize::MAX)
    }

    /// The oldest message, if it costs at most `max_bytes`.
    pub(super) fn pop_within(&mut self, max_bytes: usize) -> Option<RawMessage> {
        let oldest = self.messages.first_entry()?;
        if oldest.get().cost_bytes() > max_bytes {
            return None;
        }
        let message = oldest.remove();
        let share = &mut self.streams[message.stream.as_usize()];
        share.numbers.pop_front();
        share.bytes -= message.cost_bytes();
        self.bytes -= message.cost_bytes();
        Some(message)
    }

    fn drop_oldest_of_largest(&mut self) -> Option<RawMessage> {
        let share = self.streams.iter_mut().max_by_key(|share| share.bytes)?;
        let message = self.messages.remove(&share.numbers.pop_front()?)?;
        share.bytes -= message.cost_bytes();
        self.bytes -= message.cost_bytes();
        Some(message)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::StreamIndex;

    fn message(stream: u32, len: usize, number: i64) -> RawMessage {
        RawMessage {
            stream: StreamIndex(stream),
            bytes: Bytes::from(vec![0; len]),
            data_ns: 0,
            timestamp_ns: number,
        }
    }

    #[test]
    fn the_stream_that_fills_the_queue_loses_its_oldest() {
        let mut queue = Queue::new(4 * 1128);
        assert!(queue.push(message(1, 10, 0)).is_empty());
        for number in 1..4 {
            assert!(queue.push(message(0, 1000, number)).is_empty());
        }
        let dropped = queue.push(message(0, 1000, 4));
        assert_eq!(dropped.len(), 1);
        assert_eq!(dropped[0].timestamp_ns, 1);
        let left: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
        let numbers: Vec<_> = left.iter().map(|message| message.timestamp_ns).collect();
        assert_eq!(numbers, [0, 2, 3, 4]);
    }

    #[test]
    fn a_message_larger_than_the_queue_drops_itself_only() {
        let mut queue = Queue::new(1000);
        queue.push(message(0, 100, 0));
        let dropped = queue.push(message(1, 5000, 1));
        assert_eq!(dropped[0].timestamp_ns, 1);
        assert_eq!(queue.level().messages, 1);
    }

    #[derive(Clone, Debug)]
    enum Step {
        Push { stream: u32, len: usize },
        Pop { max_bytes: usize },
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let push = (0..5_u32, prop_oneof![0..40_usize, 0..2000_usize])
            .prop_map(|(stream, len)| Step::Push { stream, len });
        let pop = (0..3000_usize).prop_map(|max_bytes| Step::Pop { max_bytes });
        proptest::collection::vec(prop_oneof![3 => push, 2 => pop], 0..200)
    }

    proptest! {
        #[test]
        fn bounded_in_order_and_nothing_lost_uncounted(
            limit_bytes in 0..6000_usize,
            steps in steps(),
        ) {
            let mut queue = Queue::new(limit_bytes);
            let (mut pushed, mut dropped, mut popped) = (0, 0, 0);
            let mut last_popped = -1;
            let mut last_dropped = [-1; 5];
            for (number, step) in steps.into_iter().enumerate() {
                match step {
                    Step::Push { stream, len } => {
                        pushed += 1;
                        for lost in queue.push(message(stream, len, number as i64)) {
                            dropped += 1;
                            // What never fits drops itself; else the oldest of its stream goes.
                            if lost.cost_bytes() <= limit_bytes {
                                let last = &mut last_dropped[lost.stream.as_usize()];
                                prop_assert!(*last < lost.timestamp_ns);
                                *last = lost.timestamp_ns;
                            }
                        }
                    }
                    Step::Pop { max_bytes } => {
                        if let Some(message) = queue.pop_within(max_bytes) {
                            popped += 1;
                            prop_assert!(message.cost_bytes() <= max_bytes);
                            prop_assert!(message.timestamp_ns > last_popped);
                            last_popped = message.timestamp_ns;
                        }
                    }
                }
                let level = queue.level();
                prop_assert!(level.bytes <= limit_bytes);
                prop_assert_eq!(level.bytes, queue.messages.values().map(RawMessage::cost_bytes).sum::<usize>());
                prop_assert_eq!(level.bytes, queue.streams.iter().map(|share| share.bytes).sum::<usize>());
                prop_assert_eq!(pushed, popped + dropped + level.messages);
            }
        }
    }
}
