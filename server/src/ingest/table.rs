//! Which stream a message belongs to: the one place that knows topics and source names at run time.

use std::collections::HashMap;

use crate::instrument::{Instrument, Stream};

use super::{StreamStats, TopicStats};

/// Position of a stream in its [`StreamTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamIndex(pub(super) u32);

impl StreamIndex {
    /// The index as a number, from 0, for tables kept beside this one.
    pub fn as_usize(self) -> usize {
        self.0 as usize
    }
}

/// A stream of the instrument and what was counted for it.
#[derive(Debug)]
pub struct StreamEntry {
    /// The declaration.
    pub stream: Stream,
    /// The counts.
    pub stats: StreamStats,
}

/// A topic of the instrument and what was counted for messages without a stream.
#[derive(Debug)]
pub struct TopicEntry {
    /// Name of the topic.
    pub name: String,
    /// The counts.
    pub stats: TopicStats,
    streams: HashMap<String, StreamIndex>,
}

/// All streams of an instrument, in the order of its file.
#[derive(Debug)]
pub struct StreamTable {
    streams: Vec<StreamEntry>,
    topics: Vec<TopicEntry>,
}

impl StreamTable {
    /// The table for `instrument`, with all counts at zero.
    pub fn new(instrument: &Instrument) -> Self {
        let topic = |name: &str| TopicEntry {
            name: name.to_owned(),
            stats: TopicStats::default(),
            streams: streams_on(instrument, name),
        };
        let entry = |stream: &Stream| StreamEntry {
            stream: stream.clone(),
            stats: StreamStats::default(),
        };
        Self {
            streams: instrument.streams.iter().map(entry).collect(),
            topics: instrument.topics().into_iter().map(topic).collect(),
        }
    }

    /// The stream at `index`.
    ///
    /// # Panics
    /// If the index comes from the table of another instrument.
    pub fn stream(&self, index: StreamIndex) -> &StreamEntry {
        &self.streams[index.as_usize()]
    }

    /// The index of the stream that the instrument calls `name`.
    pub fn index_of(&self, name: &str) -> Option<StreamIndex> {
        let position = self
            .streams
            .iter()
            .position(|entry| entry.stream.name == name);
        position.map(|position| StreamIndex(position as u32))
    }

    /// All streams, in the order of their indices.
    pub fn streams(&self) -> &[StreamEntry] {
        &self.streams
    }

    /// All topics, sorted by name.
    pub fn topics(&self) -> &[TopicEntry] {
        &self.topics
    }

    /// The topic called `name`.
    pub fn topic(&self, name: &str) -> Option<&TopicEntry> {
        let found = self
            .topics
            .binary_search_by(|entry| entry.name.as_str().cmp(name));
        found.ok().map(|position| &self.topics[position])
    }
}

impl TopicEntry {
    /// The stream of the source called `source` in the messages of this topic.
    pub fn stream_of(&self, source: &str) -> Option<StreamIndex> {
        self.streams.get(source).copied()
    }

    /// The stream of this topic if it has only one, so that even unreadable messages have an owner.
    pub fn only_stream(&self) -> Option<StreamIndex> {
        let mut streams = self.streams.values();
        let first = streams.next().copied();
        if streams.next().is_some() {
            None
        } else {
            first
        }
    }
}

fn streams_on(instrument: &Instrument, topic: &str) -> HashMap<String, StreamIndex> {
    let all = instrument.streams.iter().enumerate();
    let on_topic = all.filter(|(_, stream)| stream.topic == topic);
    let pair = |(i, stream): (usize, &Stream)| (stream.source.clone(), StreamIndex(i as u32));
    on_topic.map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument;

    #[test]
    fn topic_and_source_lead_to_the_stream() {
        let table = StreamTable::new(&instrument::load("dummy", None).expect("shipped"));
        let topic = table.topic("dummy_beam_monitor").expect("declared");
        let index = topic.stream_of("monitor2").expect("declared");
        assert_eq!(table.stream(index).stream.name, "monitor2");
        assert_eq!(table.index_of("monitor2"), Some(index));
        assert_eq!(topic.stream_of("panel_0"), None);
        assert_eq!(topic.only_stream(), None);
        let panel = table.topic("dummy_detector").expect("declared");
        assert_eq!(panel.only_stream(), table.index_of("panel_0"));
        assert!(table.topic("elsewhere").is_none());
    }
}
