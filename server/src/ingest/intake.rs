//! Where bytes enter: finds out whose they are, counts them and queues them. Never waits.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use bytes::Bytes;

use crate::instrument::StreamKind;
use crate::wire::{Limits, Message, Schema, checked_time_ns};

use super::{Closed, RawMessage, Sender, SourceStatus, StreamTable, TopicEntry};

/// A source's way into the channel. Each source has its own, all share table and channel.
#[derive(Clone, Debug)]
pub struct Intake {
    table: Arc<StreamTable>,
    sender: Sender,
    status: Arc<SourceStatus>,
    limits: IntakeLimits,
}

/// What a message must keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntakeLimits {
    /// Limits of the wire formats.
    pub wire: Limits,
    /// How far ahead of the wall clock data may be, in ns; one hour by default. A single time in the
    /// future would otherwise end every window that follows it.
    pub max_ahead_ns: i64,
    /// The same for values of devices, which nothing else is compared with; one minute by default. A value hides
    /// those that are older.
    pub max_log_ahead_ns: i64,
}

impl Default for IntakeLimits {
    fn default() -> Self {
        Self {
            wire: Limits::default(),
            max_ahead_ns: 3_600_000_000_000,
            max_log_ahead_ns: 60_000_000_000,
        }
    }
}

impl IntakeLimits {
    /// The default limits around those of the wire formats.
    pub fn of(wire: Limits) -> Self {
        Self {
            wire,
            ..Self::default()
        }
    }
}

impl Intake {
    /// A way into the channel of `sender`, with the default limits.
    pub fn new(table: Arc<StreamTable>, sender: Sender, status: Arc<SourceStatus>) -> Self {
        Self {
            table,
            sender,
            status,
            limits: IntakeLimits::default(),
        }
    }

    /// The same with other limits.
    pub fn with_limits(self, limits: IntakeLimits) -> Self {
        Self { limits, ..self }
    }

    /// Where the source tells how it is doing.
    pub fn status(&self) -> &SourceStatus {
        &self.status
    }

    /// The streams and what was counted for them.
    pub fn table(&self) -> &StreamTable {
        &self.table
    }

    /// Takes one message from `topic`, stamped `timestamp_ns` by its producer or broker, that came at `arrival_ns`;
    /// both in ns since the Unix epoch.
    ///
    /// A message that is unreadable or belongs to no stream is counted and forgotten.
    ///
    /// # Errors
    /// Nobody receives any more; the source should end.
    pub fn accept(
        &self,
        topic: &str,
        bytes: Bytes,
        timestamp_ns: i64,
        arrival_ns: i64,
    ) -> Result<(), Closed> {
        self.status.count(bytes.len());
        let Some(topic) = self.table.topic(topic) else {
            return Ok(());
        };
        let Some(message) = self.route(topic, bytes, timestamp_ns, arrival_ns) else {
            return Ok(());
        };
        for dropped in self.sender.send(message)? {
            let stats = &self.table.stream(dropped.stream).stats;
            stats.dropped(dropped.bytes.len());
        }
        Ok(())
    }

    fn route(
        &self,
        topic: &TopicEntry,
        bytes: Bytes,
        timestamp_ns: i64,
        arrival_ns: i64,
    ) -> Option<RawMessage> {
        let message = match Message::decode(&bytes, &self.limits.wire) {
            Ok(message) => message,
            Err(error) => {
                self.unreadable(topic, error.kind());
                return None;
            }
        };
        let Some(source) = message.source_name() else {
            topic.stats.skipped.fetch_add(1, Relaxed);
            return None;
        };
        let Some(stream) = topic.stream_of(source) else {
            topic.stats.unmapped.fetch_add(1, Relaxed);
            return None;
        };
        let entry = self.table.stream(stream);
        if !expects(entry.stream.kind, message.schema()) {
            entry.stats.errors.add("wrong_schema");
            return None;
        }
        // The decoder has checked the message's own times, not what the broker says instead.
        let data_ns = match data_time_ns(&message).map_or_else(|| checked_time_ns(timestamp_ns), Ok)
        {
            Ok(data_ns) => data_ns,
            Err(error) => {
                entry.stats.errors.add(error.kind());
                return None;
            }
        };
        if data_ns > arrival_ns.saturating_add(self.max_ahead_ns(entry.stream.kind)) {
            entry.stats.errors.add("in_the_future");
            return None;
        }
        entry.stats.accepted(bytes.len(), data_ns, arrival_ns);
        Some(RawMessage {
            stream,
            bytes,
            data_ns,
            timestamp_ns,
        })
    }

    fn max_ahead_ns(&self, kind: StreamKind) -> i64 {
        if kind == StreamKind::Log {
            self.limits.max_log_ahead_ns
        } else {
            self.limits.max_ahead_ns
        }
    }

    fn unreadable(&self, topic: &TopicEntry, kind: &'static str) {
        match topic.only_stream() {
            Some(stream) => self.table.stream(stream).stats.errors.add(kind),
            None => topic.stats.errors.add(kind),
        }
    }
}

/// Monitors may change between events and histograms while they run.
fn expects(kind: StreamKind, schema: Schema) -> bool {
    match kind {
        StreamKind::DetectorEvents => schema == Schema::Ev44,
        StreamKind::AreaDetector => schema == Schema::Ad00,
        StreamKind::MonitorEvents | StreamKind::MonitorHistogram => {
            matches!(schema, Schema::Ev44 | Schema::Da00)
        }
        StreamKind::Log => schema == Schema::F144,
    }
}

fn data_time_ns(message: &Message<'_>) -> Option<i64> {
    match message {
        Message::Ev44(events) => events.last_reference_time_ns(),
        Message::Da00(array) => Some(array.data_time_ns()),
        Message::F144(log) => Some(log.timestamp_ns()),
        Message::Ad00(frame) => Some(frame.timestamp_ns()),
        Message::Skipped(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::{Receiver, channel};
    use super::*;
    use crate::instrument;
    use crate::wire::ev44::{self, Ev44Parts};
    use crate::wire::f144::{F144Parts, LogValue};
    use crate::wire::{FlatBufferBuilder, Scalar, f144};

    const NOW_NS: i64 = 1_700_000_000_000_000_000;

    fn intake() -> (Intake, Receiver) {
        let instrument = instrument::load("dummy", None).expect("shipped");
        let (sender, receiver) = channel(1 << 20);
        let table = Arc::new(StreamTable::new(&instrument));
        let status = Arc::new(SourceStatus::new("test"));
        (Intake::new(table, sender, status), receiver)
    }

    fn log(source_name: &str, timestamp_ns: i64) -> Bytes {
        let value = LogValue::Scalar(Scalar::F64(1.5));
        let parts = F144Parts {
            source_name,
            timestamp_ns,
            value,
        };
        Bytes::copy_from_slice(f144::encode(&mut FlatBufferBuilder::new(), &parts))
    }

    fn accept(intake: &Intake, topic: &str, bytes: Bytes) {
        intake.accept(topic, bytes, NOW_NS, NOW_NS).expect("open");
    }

    #[test]
    fn a_good_message_arrives_at_its_stream() {
        let (intake, receiver) = intake();
        accept(&intake, "dummy_motion", log("motion2", NOW_NS - 7));
        let mut messages = Vec::new();
        receiver.recv_many(&mut messages, usize::MAX, Duration::ZERO);
        let entry = intake.table().stream(messages[0].stream);
        assert_eq!(entry.stream.name, "motion2");
        let report = entry.stats.report();
        assert_eq!((report.messages, report.lag_ns), (1, None));
        assert_eq!(report.last_data_ns, Some(NOW_NS - 7));
        // What waits in the queue has not come through yet.
        entry.stats.reduced(NOW_NS - 9);
        assert_eq!(entry.stats.report().lag_ns, Some(9));
    }

    #[test]
    fn bad_messages_are_counted_where_they_belong_and_go_no_further() {
        let (intake, receiver) = intake();
        accept(
            &intake,
            "dummy_motion",
            Bytes::from_static(b"garbage, garbage"),
        );
        accept(
            &intake,
            "dummy_detector",
            Bytes::from_static(b"garbage, garbage"),
        );
        accept(&intake, "dummy_motion", log("motion3", NOW_NS));
        accept(
            &intake,
            "dummy_motion",
            log("motion1", NOW_NS + 60_000_000_001),
        );
        accept(&intake, "dummy_detector", log("panel_0", NOW_NS));
        accept(&intake, "dummy_motion", Bytes::from_static(b"\0\0\0\0al00"));
        accept(&intake, "elsewhere", log("motion1", NOW_NS));
        let mut messages = Vec::new();
        receiver.recv_many(&mut messages, usize::MAX, Duration::ZERO);
        assert!(messages.is_empty());
        let topic = intake
            .table()
            .topic("dummy_motion")
            .expect("declared")
            .stats
            .report();
        assert_eq!((topic.unmapped, topic.skipped), (1, 1));
        assert_eq!(
            topic.errors.into_iter().collect::<Vec<_>>(),
            [("unknown_schema", 1)]
        );
        let errors = |name| {
            let index = intake.table().index_of(name).expect("declared");
            let errors = intake.table().stream(index).stats.report().errors;
            errors.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(
            errors("panel_0"),
            [("unknown_schema", 1), ("wrong_schema", 1)]
        );
        assert_eq!(errors("motion1"), [("in_the_future", 1)]);
        assert_eq!(intake.status().report().messages, 7);
    }

    #[test]
    fn a_broker_that_stamps_nonsense_does_not_time_the_events() {
        let (intake, receiver) = intake();
        let parts = Ev44Parts {
            source_name: "panel_0",
            ..Ev44Parts::default()
        };
        let bytes = Bytes::copy_from_slice(ev44::encode(&mut FlatBufferBuilder::new(), &parts));
        for stamp in [-1, i64::MIN, i64::MAX] {
            let taken = intake.accept("dummy_detector", bytes.clone(), stamp, NOW_NS);
            taken.expect("open");
        }
        let index = intake.table().index_of("panel_0").expect("declared");
        let report = intake.table().stream(index).stats.report();
        let errors: Vec<_> = report.errors.into_iter().collect();
        assert_eq!(errors, [("timestamp", 3)]);
        assert_eq!((report.messages, receiver.level().messages), (0, 0));
    }
}
