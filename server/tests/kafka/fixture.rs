//! A small instrument of its own for each test, a running source, and what it receives.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use server::ingest::kafka::{KafkaConfig, KafkaPublisher, KafkaSource, StartAt};
use server::ingest::{
    IntakeLimits, Receiver, RunningSource, SourceReport, SourceState, StreamEntry, StreamTable,
    channel, spawn,
};
use server::instrument::Instrument;
use server::wire::f144::{F144, F144Parts, LogValue, encode};
use server::wire::{FlatBufferBuilder, Limits, Scalar};

/// Longer than anything here takes, even on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Topics and source names of one test.
#[derive(Clone, Debug)]
pub(crate) struct Beamline {
    pub(crate) motion: String,
    pub(crate) monitor: String,
}

impl Beamline {
    /// Topics that no other test and no earlier run uses.
    pub(crate) fn new(test: &str) -> Self {
        let unique = format!("{test}_{}", now_ns());
        Self {
            motion: format!("{unique}_motion"),
            monitor: format!("{unique}_monitor"),
        }
    }

    fn instrument(&self) -> Instrument {
        let text = format!(
            r#"
            name = "test"
            title = "Test"
            pulse_rate_hz = 14.0
            [[stream]]
            name = "motor"
            kind = "log"
            topic = "{}"
            source = "motor"
            title = "Motor"
            unit = "mm"
            [[stream]]
            name = "table"
            kind = "log"
            topic = "{}"
            source = "table"
            title = "Table"
            unit = "mm"
            [[stream]]
            name = "monitor"
            kind = "monitor_events"
            topic = "{}"
            source = "monitor"
            title = "Monitor"
            "#,
            self.motion, self.motion, self.monitor
        );
        Instrument::parse("test.toml", &text).expect("a valid instrument")
    }
}

/// A source at work and the channel behind it.
pub(crate) struct Rig {
    pub(crate) table: Arc<StreamTable>,
    source: RunningSource,
    receiver: Receiver,
}

impl Rig {
    /// Starts a source for `beamline` that reads from `brokers`.
    pub(crate) fn start(beamline: &Beamline, brokers: &str, start: StartAt) -> Self {
        let table = Arc::new(StreamTable::new(&beamline.instrument()));
        let (sender, receiver) = channel(64 << 20);
        let config = KafkaConfig::new(brokers)
            .expect("an address")
            .starting(start);
        let source = spawn(
            Box::new(KafkaSource::new(config)),
            Arc::clone(&table),
            sender,
            IntakeLimits::default(),
        );
        Self {
            table,
            source: source.expect("a thread"),
            receiver,
        }
    }

    /// Waits until the status satisfies `accept`, and returns it.
    pub(crate) fn wait(&self, what: &str, accept: impl Fn(&SourceReport) -> bool) -> SourceReport {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let report = self.source.status().report();
            if accept(&report) {
                return report;
            }
            assert!(
                Instant::now() < deadline,
                "waited for {what}, but the status is {report:?}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn wait_for(&self, state: SourceState) -> SourceReport {
        self.wait(&format!("{state:?}"), |report| report.state == state)
    }

    /// The next `count` values of logs, with the name of their stream; fails if there are fewer.
    pub(crate) fn values(&self, count: usize) -> Vec<(String, i64)> {
        let deadline = Instant::now() + PATIENCE;
        let (mut messages, mut values) = (Vec::new(), Vec::new());
        while values.len() < count {
            assert!(
                Instant::now() < deadline,
                "waited for {count} values, got {values:?}"
            );
            self.receiver
                .recv_many(&mut messages, 1, Duration::from_millis(100));
            for message in messages.drain(..) {
                let log = F144::decode(&message.bytes, &Limits::default()).expect("was checked");
                let LogValue::Scalar(Scalar::I64(value)) = log.value() else {
                    panic!("only integers were sent")
                };
                let stream = self.table.stream(message.stream).stream.name.clone();
                values.push((stream, value));
            }
        }
        values
    }

    /// The next `count` values of the motor, without the stream's name.
    pub(crate) fn motor(&self, count: usize) -> Vec<i64> {
        self.values(count)
            .into_iter()
            .map(|(_, value)| value)
            .collect()
    }

    /// Asserts that nothing more arrives for a while.
    pub(crate) fn assert_silence(&self) {
        let mut messages = Vec::new();
        self.receiver
            .recv_many(&mut messages, 1, Duration::from_millis(700));
        assert!(messages.is_empty(), "{} messages too many", messages.len());
    }

    pub(crate) fn stream(&self, name: &str) -> &StreamEntry {
        self.table
            .stream(self.table.index_of(name).expect("declared"))
    }

    pub(crate) fn stop(self) {
        self.source.stop();
    }
}

/// Nanoseconds since the Unix epoch.
pub(crate) fn now_ns() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("it is past 1970");
    i64::try_from(since.as_nanos()).expect("it is before 2262")
}

/// A log message of `source` whose value is `value`.
pub(crate) fn log(source: &str, value: i64) -> Vec<u8> {
    let value = LogValue::Scalar(Scalar::I64(value));
    let parts = F144Parts {
        source_name: source,
        timestamp_ns: now_ns(),
        value,
    };
    encode(&mut FlatBufferBuilder::new(), &parts).to_vec()
}

/// Sends `payloads` to `topic`, stamped now, and waits until the broker has them all.
pub(crate) fn publish(brokers: &str, topic: &str, payloads: &[Vec<u8>]) {
    publish_at(brokers, topic, payloads, now_ns());
}

/// The same, stamped `time_ns`.
pub(crate) fn publish_at(brokers: &str, topic: &str, payloads: &[Vec<u8>], time_ns: i64) {
    let publisher = KafkaPublisher::new(brokers).expect("an address");
    for payload in payloads {
        publisher
            .send(topic, payload, time_ns)
            .expect("room in the queue");
        // A batch each: the small broker takes a batch for one message when it tells a partition's end.
        publisher.flush(PATIENCE).expect("the broker takes it");
    }
    let report = publisher.report();
    assert_eq!(
        (report.delivered, report.failed),
        (payloads.len() as u64, 0),
        "{report:?}"
    );
}

/// Sends the motor's `values`.
pub(crate) fn publish_motor(brokers: &str, beamline: &Beamline, values: &[i64]) {
    let payloads: Vec<_> = values.iter().map(|value| log("motor", *value)).collect();
    publish(brokers, &beamline.motion, &payloads);
}

/// Creates `topic` with several partitions.
pub(crate) fn create_topic(brokers: &str, topic: &str, partitions: i32) {
    let admin: AdminClient<DefaultClientContext> = ClientConfig::new()
        .set("bootstrap.servers", brokers)
        .create()
        .expect("an address");
    let new = NewTopic::new(topic, partitions, TopicReplication::Fixed(1));
    let results = block_on(admin.create_topics([&new], &AdminOptions::new()));
    results.expect("an answer")[0]
        .as_ref()
        .expect("the topic is new");
}

/// Runs `future` to its end.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}
