//! The source that reads the instrument's topics from a broker.

use std::time::{Duration, Instant};

use bytes::Bytes;
use rdkafka::Message as _;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::message::BorrowedMessage;

use super::assignment::Assignment;
use super::backoff::Backoff;
use super::context::ReaderContext;
use super::gate::Gates;
use super::health::{Health, Link};
use super::listing::Listing;
use super::position;
use super::{KafkaConfig, StartAt};
use crate::ingest::{
    Clock as _, Closed, Intake, Source, SourceError, SourceState, StopToken, SystemClock,
};

/// How long one wait for a message lasts; also how soon a stop is noticed.
const POLL: Duration = Duration::from_millis(50);
/// How long the broker may take to answer a question. While it does, messages wait in librdkafka.
const ANSWER: Duration = Duration::from_secs(1);
/// How often the broker is asked what exists when nothing is missing.
const REFRESH: Duration = Duration::from_secs(10);
const FIRST_RETRY: Duration = Duration::from_millis(250);
const LONGEST_RETRY: Duration = Duration::from_secs(2);

/// Reads every partition of the instrument's topics, from the end or from a given time.
#[derive(Clone, Debug)]
pub struct KafkaSource {
    config: KafkaConfig,
}

impl KafkaSource {
    /// A source that will read as `config` says. It connects when it runs.
    pub fn new(config: KafkaConfig) -> Self {
        Self { config }
    }
}

impl Source for KafkaSource {
    fn name(&self) -> &'static str {
        "kafka"
    }

    fn run(self: Box<Self>, intake: Intake, stop: StopToken) -> Result<(), SourceError> {
        let consumer = self.config.consumer().create_with_context(ReaderContext);
        let consumer: BaseConsumer<_> = consumer.map_err(SourceError::new)?;
        let topics: Vec<_> = intake
            .table()
            .topics()
            .iter()
            .map(|topic| topic.name.clone())
            .collect();
        let health = Health::new(self.config.brokers(), topics.len());
        let mut reader = Reader {
            consumer: &consumer,
            intake,
            assignment: Assignment::new(topics, self.config.start),
            gates: Gates::default(),
            health,
            backoff: Backoff::new(FIRST_RETRY, LONGEST_RETRY),
            next_look: Instant::now(),
            told: None,
        };
        while !stop.is_stopped() {
            if reader.step().is_err() {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// The running source: what it reads and how it fares.
struct Reader<'c> {
    consumer: &'c BaseConsumer<ReaderContext>,
    intake: Intake,
    assignment: Assignment,
    gates: Gates,
    health: Health,
    backoff: Backoff,
    next_look: Instant,
    told: Option<(SourceState, String)>,
}

impl Reader<'_> {
    /// Looks at the broker if it is time to, then waits for one message.
    fn step(&mut self) -> Result<(), Closed> {
        self.tell();
        if Instant::now() >= self.next_look {
            self.look();
            self.tell();
        }
        match self.consumer.poll(POLL) {
            None => Ok(()),
            Some(Ok(message)) => self.accept(&message),
            Some(Err(error)) => {
                self.suffer(&error);
                Ok(())
            }
        }
    }

    fn accept(&mut self, message: &BorrowedMessage<'_>) -> Result<(), Closed> {
        let stamp_ms = message.timestamp().to_millis();
        if !self
            .gates
            .admits(message.topic(), message.partition(), stamp_ms)
        {
            return Ok(());
        }
        let arrival = SystemClock.arrival();
        let stamp_ns = stamp_ms.and_then(|ms| ms.checked_mul(1_000_000));
        let payload = Bytes::copy_from_slice(message.payload().unwrap_or_default());
        self.intake.accept(
            message.topic(),
            payload,
            stamp_ns.unwrap_or(arrival.unix_ns),
            arrival,
        )
    }

    /// Asks the broker what exists and takes up what is new; decides when to ask again.
    fn look(&mut self) {
        let wait = match self.take_up() {
            Ok(()) => {
                self.health.link = Link::Up;
                self.health.complaint = None;
                if self.health.missing.is_empty() && self.health.leaderless.is_empty() {
                    self.backoff.succeed();
                    REFRESH
                } else {
                    self.backoff.fail()
                }
            }
            Err(error) => {
                self.health.link = Link::Down(error.to_string());
                self.backoff.fail()
            }
        };
        self.next_look = Instant::now() + wait;
    }

    fn take_up(&mut self) -> KafkaResult<()> {
        let now_ns = SystemClock.now_ns();
        // All topics are asked for: asking for one by name might make the broker create it.
        let metadata = self.consumer.fetch_metadata(None, ANSWER)?;
        let listing = Listing::of(&metadata, self.assignment.wanted());
        let untaken = self.assignment.untaken(&listing);
        if !untaken.is_empty() {
            let start = self.assignment.start();
            let positions = position::resolve(self.consumer, &untaken, start, ANSWER)?;
            if let StartAt::Time(ns) = start {
                for partition in &untaken {
                    self.gates.close(partition, ns / 1_000_000);
                }
            }
            self.consumer.incremental_assign(&positions)?;
        }
        self.assignment.take(untaken, now_ns);
        self.health.partitions = self.assignment.partition_count();
        self.health.missing = self.assignment.missing(&listing);
        self.health.leaderless = listing.leaderless;
        Ok(())
    }

    /// Notes an error that came instead of a message; librdkafka goes on by itself.
    fn suffer(&mut self, error: &KafkaError) {
        let lost = matches!(
            error.rdkafka_error_code(),
            Some(
                RDKafkaErrorCode::AllBrokersDown
                    | RDKafkaErrorCode::BrokerTransportFailure
                    | RDKafkaErrorCode::Resolve
            )
        );
        let soon = Instant::now() + FIRST_RETRY;
        self.next_look = self.next_look.min(soon);
        // Losing one broker of several is no trouble; whether any is left, the next look shows.
        if !lost {
            self.health.complaint = Some(error.to_string());
        }
    }

    /// Sets the status, and logs it, if it changed.
    fn tell(&mut self) {
        let report = self.health.report();
        if self.told.as_ref() == Some(&report) {
            return;
        }
        let (state, text) = &report;
        if *state == SourceState::Degraded {
            tracing::warn!(source = "kafka", "{text}");
        } else {
            tracing::info!(source = "kafka", "{text}");
        }
        self.intake.status().set(*state, text.clone());
        self.told = Some(report);
    }
}
