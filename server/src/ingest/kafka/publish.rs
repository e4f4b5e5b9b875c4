//! Messages to a broker: what `beamdeck simulate --kafka` sends, encoded, to the instrument's topics.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rdkafka::ClientContext;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::DeliveryResult;
use rdkafka::producer::{BaseRecord, Producer as _, ProducerContext, ThreadedProducer};

use super::config::{BrokersError, checked_brokers, client};
use super::context::forward;

/// A message that cannot be sent this soon is out of date and is given up.
const MESSAGE_TIMEOUT_MS: &str = "10000";
/// How long the broker may take to answer a command.
const ANSWER: Duration = Duration::from_secs(10);
/// What waits for the broker costs at most this much memory.
const QUEUE_KBYTES: &str = "262144";

/// Why publishing failed.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The list of brokers cannot be read.
    #[error(transparent)]
    Brokers(#[from] BrokersError),
    /// The broker does not take messages as fast as they come; this one was not queued.
    #[error("the queue to the broker is full; the message was dropped")]
    QueueFull,
    /// A topic could not be created.
    #[error("cannot create topic {topic}: {code}; create it by hand")]
    Topic {
        /// Its name.
        topic: String,
        /// The broker's reason.
        code: RDKafkaErrorCode,
    },
    /// Anything else that librdkafka refuses.
    #[error("kafka: {0}")]
    Kafka(#[from] KafkaError),
}

/// Sends messages to a broker. Sending never waits.
#[derive(Clone)]
pub struct KafkaPublisher {
    brokers: String,
    producer: ThreadedProducer<Deliveries>,
}

impl std::fmt::Debug for KafkaPublisher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KafkaPublisher")
            .field("brokers", &self.brokers)
            .finish_non_exhaustive()
    }
}

/// How publishing goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishReport {
    /// Messages that the broker has acknowledged.
    pub delivered: u64,
    /// Messages that were given up.
    pub failed: u64,
    /// Messages that wait for the broker.
    pub queued: u64,
    /// What went wrong last, if anything did since the last success.
    pub error: Option<String>,
}

impl KafkaPublisher {
    /// A publisher to the brokers at `brokers` (`host:port`, separated by commas); connects by itself.
    pub fn new(brokers: &str) -> Result<Self, PublishError> {
        let brokers = checked_brokers(brokers)?;
        let producer = client(&brokers)
            .set("message.max.bytes", (100 << 20).to_string())
            .set("message.timeout.ms", MESSAGE_TIMEOUT_MS)
            .set("queue.buffering.max.kbytes", QUEUE_KBYTES)
            .set("linger.ms", "2")
            .create_with_context(Deliveries::default())?;
        Ok(Self { brokers, producer })
    }

    /// Creates those of `topics` that do not exist, with one partition each.
    pub async fn create_topics(&self, topics: &[&str]) -> Result<(), PublishError> {
        let admin: AdminClient<DefaultClientContext> = client(&self.brokers).create()?;
        let new = topics
            .iter()
            .map(|topic| NewTopic::new(topic, 1, TopicReplication::Fixed(1)));
        let new: Vec<_> = new.collect();
        let options = AdminOptions::new().request_timeout(Some(ANSWER));
        for result in admin.create_topics(&new, &options).await? {
            match result {
                Ok(_) | Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
                Err((topic, code)) => return Err(PublishError::Topic { topic, code }),
            }
        }
        Ok(())
    }

    /// Queues `bytes` for `topic`, stamped `timestamp_ns` (ns since the Unix epoch; Kafka keeps ms).
    pub fn send(&self, topic: &str, bytes: &[u8], timestamp_ns: i64) -> Result<(), PublishError> {
        let record = BaseRecord::<(), [u8]>::to(topic).payload(bytes);
        let record = record.timestamp(timestamp_ns / 1_000_000);
        self.producer
            .send(record)
            .map_err(|(error, _)| match error.rdkafka_error_code() {
                Some(RDKafkaErrorCode::QueueFull) => PublishError::QueueFull,
                _ => PublishError::Kafka(error),
            })
    }

    /// How it goes.
    pub fn report(&self) -> PublishReport {
        let deliveries = self.producer.context();
        PublishReport {
            delivered: deliveries.delivered.load(Relaxed),
            failed: deliveries.failed.load(Relaxed),
            queued: u64::try_from(self.producer.in_flight_count()).unwrap_or(0),
            error: deliveries
                .error
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        }
    }

    /// Waits up to `timeout` until everything queued was delivered or given up.
    pub fn flush(&self, timeout: Duration) -> Result<(), PublishError> {
        Ok(self.producer.flush(timeout)?)
    }
}

/// Counts what the broker acknowledged.
#[derive(Default)]
struct Deliveries {
    delivered: AtomicU64,
    failed: AtomicU64,
    error: Mutex<Option<String>>,
}

impl Deliveries {
    fn set_error(&self, error: Option<String>) {
        *self.error.lock().unwrap_or_else(PoisonError::into_inner) = error;
    }
}

impl ClientContext for Deliveries {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, line: &str) {
        forward(level, facility, line);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        self.set_error(Some(format!("{error}: {reason}")));
    }
}

impl ProducerContext for Deliveries {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        match result {
            Ok(_) => {
                self.delivered.fetch_add(1, Relaxed);
                self.set_error(None);
            }
            Err((error, _)) => {
                self.failed.fetch_add(1, Relaxed);
                self.set_error(Some(error.to_string()));
            }
        }
    }
}
