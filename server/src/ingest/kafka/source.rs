//! The source that reads the instrument's topics from a broker.

use std::time::{Duration, Instant};

use bytes::Bytes;
use rdkafka::Message as _;
use rdkafka::consumer::Consumer as _;
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::message::BorrowedMessage;

use super::assignment::Assignment;
use super::backoff::Backoff;
use super::context::ReaderContext;
use super::gate::Gates;
use super::health::{Health, Link};
use super::listing::{Listing, Partition};
use super::position::{self, Client};
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
        let topics: Vec<_> = intake
            .table()
            .topics()
            .iter()
            .map(|topic| topic.name.clone())
            .collect();
        let health = Health::new(self.config.brokers(), topics.len());
        let mut reader = Reader {
            intake,
            assignment: Assignment::new(topics, self.config.start),
            gates: Gates::default(),
            health,
            backoff: Backoff::new(FIRST_RETRY, LONGEST_RETRY),
            next_look: Instant::now(),
            told: None,
        };
        while !stop.is_stopped() {
            let client = self.config.consumer().create_with_context(ReaderContext);
            let client: Client = client.map_err(SourceError::new)?;
            if reader.read(&client, &stop).is_err() {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// The running source: what it reads and how it fares.
struct Reader {
    intake: Intake,
    assignment: Assignment,
    gates: Gates,
    health: Health,
    backoff: Backoff,
    next_look: Instant,
    told: Option<(SourceState, String)>,
}

impl Reader {
    /// Reads until the source is stopped or the client is of no more use.
    ///
    /// A client does not outlive its brokers: librdkafka remembers what topics were, and one that came back
    /// as another topic of the same name can make it crash.
    fn read(&mut self, client: &Client, stop: &StopToken) -> Result<(), Closed> {
        let mut is_of_use = true;
        while is_of_use && !stop.is_stopped() {
            self.tell();
            if Instant::now() >= self.next_look {
                is_of_use = self.look(client);
                self.tell();
            }
            self.take_one(client)?;
        }
        // Without an answer reading goes on where it began, which is no worse than a gap.
        let reached = position::reached(client).unwrap_or_default();
        self.assignment.leave(&reached);
        Ok(())
    }

    /// Waits for one message.
    fn take_one(&mut self, client: &Client) -> Result<(), Closed> {
        match client.poll(POLL) {
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
        let arrival_ns = SystemClock.now_ns();
        let stamp_ns = stamp_ms.and_then(|ms| ms.checked_mul(1_000_000));
        let payload = Bytes::copy_from_slice(message.payload().unwrap_or_default());
        self.intake.accept(
            message.topic(),
            payload,
            stamp_ns.unwrap_or(arrival_ns),
            arrival_ns,
        )
    }

    /// Asks the broker what exists and takes up what is new; decides when to ask again. Returns whether
    /// the client is still of use.
    fn look(&mut self, client: &Client) -> bool {
        let (wait, is_of_use) = match self.take_up(client) {
            Ok(has_lost) => {
                self.health.link = Link::Up;
                self.health.complaint = None;
                let is_complete =
                    self.health.missing.is_empty() && self.health.leaderless.is_empty();
                let wait = if is_complete {
                    self.backoff.succeed();
                    REFRESH
                } else {
                    self.backoff.fail()
                };
                (wait, !has_lost)
            }
            Err(error) => {
                self.health.link = Link::Down(error.to_string());
                (self.backoff.fail(), self.assignment.partition_count() == 0)
            }
        };
        self.next_look = Instant::now() + wait;
        is_of_use
    }

    /// Returns whether a topic that was read is gone.
    fn take_up(&mut self, client: &Client) -> KafkaResult<bool> {
        let now_ns = SystemClock.now_ns();
        // All topics are asked for: asking for one by name might make the broker create it.
        let metadata = client.fetch_metadata(None, ANSWER)?;
        let listing = Listing::of(&metadata, self.assignment.wanted());
        let (begun, refusal) = self.begin(client, &listing);
        if !begun.is_empty() {
            let positions = begun.iter().map(|(partition, offset)| (partition, *offset));
            client.incremental_assign(&position::list(positions)?)?;
        }
        self.assignment.take(begun, now_ns);
        self.health.partitions = self.assignment.partition_count();
        self.health.missing = self.assignment.missing(&listing);
        let has_lost = self.assignment.has_lost(&listing);
        self.health.leaderless = listing.leaderless;
        refusal.map_or(Ok(has_lost), Err)
    }

    /// Where to begin or to go on in what is listed but not read. A partition that cannot be read holds up no
    /// other; why not is told beside, and it is tried again at the next look.
    fn begin(
        &mut self,
        client: &Client,
        listing: &Listing,
    ) -> (Vec<(Partition, i64)>, Option<KafkaError>) {
        let start = self.assignment.start();
        let (mut begun, mut refusal) = (Vec::new(), None);
        for partition in self.assignment.untaken(listing) {
            let left = self.assignment.left(&partition);
            let offset = match left {
                Some(next) => position::resume(client, &partition, next, ANSWER),
                None => position::resolve(client, &partition, start, ANSWER),
            };
            match offset {
                Ok(offset) => {
                    if let (None, StartAt::Time(ns)) = (left, start) {
                        self.gates.close(&partition, ns / 1_000_000);
                    }
                    begun.push((partition, offset));
                }
                Err(error) => {
                    let has_no_answer = is_lost(&error);
                    refusal = Some(error);
                    // Each further question would wait in vain, too, and a stop with it.
                    if has_no_answer {
                        break;
                    }
                }
            }
        }
        (begun, refusal)
    }

    /// Notes an error that came instead of a message; librdkafka goes on by itself.
    fn suffer(&mut self, error: &KafkaError) {
        let soon = Instant::now() + FIRST_RETRY;
        self.next_look = self.next_look.min(soon);
        // Losing one broker of several is no trouble; whether any is left, the next look shows.
        if !is_lost(error) {
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

/// Whether the error says that no broker answers.
fn is_lost(error: &KafkaError) -> bool {
    matches!(
        error.rdkafka_error_code(),
        Some(
            RDKafkaErrorCode::AllBrokersDown
                | RDKafkaErrorCode::BrokerTransportFailure
                | RDKafkaErrorCode::OperationTimedOut
                | RDKafkaErrorCode::Resolve
        )
    )
}
