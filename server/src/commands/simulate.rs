//! `beamdeck simulate`: plays the simulated instrument to a Kafka broker, for whoever listens there.

use std::num::NonZeroU64;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use clap::Args;

use crate::config::{Config, ConfigError};
use crate::ingest::kafka::{KafkaPublisher, PublishError};
use crate::ingest::simulator::{Audience, Silence, SimMessage, Simulator, play};
use crate::ingest::{StopToken, SystemClock};

use super::common::CommonArgs;
use super::{log, rules, signal};

/// What `simulate` takes.
#[derive(Debug, Args)]
pub struct SimulateArgs {
    #[command(flatten)]
    common: CommonArgs,
    /// Kafka broker to publish to.
    #[arg(long, value_name = "HOST:PORT", env = "BEAMDECK_KAFKA")]
    kafka: Option<String>,
    /// Stop after this many pulses [default: never].
    #[arg(long, value_name = "N")]
    pulses: Option<u64>,
    /// Send one bad message every so many pulses [default: none].
    #[arg(long, value_name = "N")]
    bad_message_every: Option<NonZeroU64>,
    /// Stream that falls silent, from a pulse on and until another if these are given; may be repeated.
    #[arg(long, value_name = "STREAM[:FROM[..UNTIL]]")]
    silence: Vec<Silence>,
}

impl SimulateArgs {
    /// The configuration in force; `settings` are the environment's.
    pub(super) fn config(&self, settings: &str) -> Result<Config, ConfigError> {
        let mut config = self.common.config(settings)?;
        config.kafka = self.kafka.clone().or(config.kafka);
        let simulator = &mut config.simulator;
        simulator.pulses = self.pulses.or(simulator.pulses);
        simulator.bad_message_every = self.bad_message_every.or(simulator.bad_message_every);
        simulator.silences.extend(self.silence.iter().cloned());
        config.check()?;
        Ok(config)
    }
}

/// How long messages may be on their way once the play has ended.
const FLUSH: Duration = Duration::from_secs(10);

/// How often progress is logged.
const REPORT_EVERY: Duration = Duration::from_secs(10);

/// Publishes until the last pulse, SIGINT or SIGTERM; `settings` are the environment's.
pub(super) fn simulate(args: &SimulateArgs, settings: &str) -> anyhow::Result<()> {
    let config = args.config(settings)?;
    log::start(&config.log)?;
    let brokers = config
        .kafka
        .context("no broker to publish to: name one by --kafka HOST:PORT")?;
    let instrument = rules::load(&config.instrument, None)?;
    let mut simulator = Simulator::new(&instrument, config.simulator)?;
    let publisher = KafkaPublisher::new(&brokers)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime
        .block_on(publisher.create_topics(&instrument.topics()))
        .with_context(|| format!("no broker answers at {brokers}; start one or correct --kafka"))?;
    let stop = StopToken::default();
    runtime.spawn(stop_on_signal(stop.clone()));
    let mut audience = Broadcast::new(publisher);
    play(&mut simulator, &SystemClock, &stop, &mut audience);
    audience.finish()
}

async fn stop_on_signal(stop: StopToken) {
    signal::ended().await;
    stop.stop();
}

/// Sends messages to the broker, and counts those that it does not take.
struct Broadcast {
    publisher: KafkaPublisher,
    dropped: u64,
    failure: Option<PublishError>,
    reported: Instant,
}

impl Broadcast {
    fn new(publisher: KafkaPublisher) -> Self {
        Self {
            publisher,
            dropped: 0,
            failure: None,
            reported: Instant::now(),
        }
    }

    fn report(&mut self) {
        self.reported = Instant::now();
        let report = self.publisher.report();
        let error = report.error.unwrap_or_default();
        tracing::info!(
            delivered = report.delivered,
            queued = report.queued,
            failed = report.failed,
            dropped = self.dropped,
            error,
            "publishing"
        );
    }

    fn finish(mut self) -> anyhow::Result<()> {
        let flushed = self.publisher.flush(FLUSH);
        self.report();
        if let Some(failure) = self.failure {
            return Err(failure.into());
        }
        flushed.context("the broker did not take the last messages")?;
        let report = self.publisher.report();
        if report.failed + self.dropped > 0 {
            bail!(
                "{} messages failed and {} were dropped; see the log",
                report.failed,
                self.dropped
            );
        }
        Ok(())
    }
}

impl Audience for Broadcast {
    fn message(&mut self, message: SimMessage) -> ControlFlow<()> {
        if self.reported.elapsed() >= REPORT_EVERY {
            self.report();
        }
        let sent = self
            .publisher
            .send(&message.topic, &message.bytes, message.timestamp_ns);
        match sent {
            Ok(()) => ControlFlow::Continue(()),
            Err(PublishError::QueueFull) => {
                self.dropped += 1;
                ControlFlow::Continue(())
            }
            Err(failure) => {
                self.failure = Some(failure);
                ControlFlow::Break(())
            }
        }
    }

    fn skipped(&mut self, pulses: u64) {
        tracing::warn!(
            pulses,
            "cannot keep up: pulses left out; lower the event rate"
        );
    }

    fn caught_up(&mut self) {
        tracing::info!("keeps up again");
    }
}
