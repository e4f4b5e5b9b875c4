//! A small beamline that does not exist: plays every stream of an instrument as encoded messages.
//!
//! [`Simulator::pulse`] is a function of seed, pulse number and start time alone, so that a run can be
//! repeated bit by bit. Pacing and sending are in [`play()`] and [`SimulatorSource`]; nothing here knows
//! what becomes of a message.

mod camera;
mod config;
mod cycle;
mod device;
mod faults;
mod histogram;
mod monitor;
mod pacer;
mod panel;
mod pattern;
mod play;
mod producer;
mod pulse;
mod quantiles;
mod source;
mod spectrum;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use crate::instrument::{Instrument, StreamKind};
use crate::wire::FlatBufferBuilder;

use self::camera::Camera;
use self::cycle::Cycle;
use self::device::Device;
use self::faults::Faults;
use self::histogram::MonitorHistogram;
use self::monitor::MonitorEvents;
use self::panel::Panel;
use self::producer::{Output, Producer};
use self::pulse::{Motion, Pulse, PulseGrid};

pub use config::{Silence, SimulatorConfig, SimulatorError};
pub use pacer::Pacer;
pub use play::{Audience, play};
pub use source::SimulatorSource;

/// One encoded message, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimMessage {
    /// The topic it belongs to.
    pub topic: Arc<str>,
    /// The message.
    pub bytes: Bytes,
    /// Time of its pulse, in ns since the Unix epoch.
    pub timestamp_ns: i64,
}

/// The beamline: what each stream of an instrument sends at each pulse.
pub struct Simulator {
    config: SimulatorConfig,
    grid: PulseGrid,
    players: Vec<Player>,
    faults: Faults,
    stage: Option<Device>,
    rotation: Option<Device>,
    builder: FlatBufferBuilder<'static>,
}

impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Simulator");
        f.field("config", &self.config)
            .field("players", &self.players)
            .finish_non_exhaustive()
    }
}

/// A stream and what plays it.
#[derive(Debug)]
struct Player {
    topic: Arc<str>,
    source: String,
    producer: Box<dyn Producer>,
    silences: Vec<Silence>,
}

impl Simulator {
    /// A beamline with the streams of `instrument`.
    ///
    /// # Errors
    /// A setting is out of range or names a stream that the instrument does not have.
    pub fn new(instrument: &Instrument, config: SimulatorConfig) -> Result<Self, SimulatorError> {
        config.check(instrument)?;
        let grid = PulseGrid::new(instrument.pulse_rate_hz);
        let device_of = |unit| {
            let mut logs = instrument.streams_of(StreamKind::Log);
            let stream = logs.find(|stream| stream.unit.as_deref() == Some(unit))?;
            Some(Device::new(stream, &grid))
        };
        Ok(Self {
            players: players(instrument, &config, &grid),
            faults: Faults::new(instrument, &config),
            stage: device_of("mm"),
            rotation: device_of("deg"),
            builder: FlatBufferBuilder::new(),
            grid,
            config,
        })
    }

    /// The settings it was made with.
    pub fn config(&self) -> &SimulatorConfig {
        &self.config
    }

    /// A pacer for a run that begins at `start_ns`.
    pub fn pacer(&self, start_ns: i64) -> Pacer {
        Pacer::new(self.grid, start_ns, self.config.pulses)
    }

    /// Appends the messages of pulse `number` of a run that began at `start_ns`.
    pub fn pulse(&mut self, number: u64, start_ns: i64, messages: &mut Vec<SimMessage>) {
        let seconds = self.grid.seconds(number);
        let position = |device: &Option<Device>| device.map_or(0.0, |device| device.value(seconds));
        let motion = Motion {
            shift_mm: position(&self.stage),
            rotation_deg: position(&self.rotation),
        };
        let time_ns = self.grid.time_ns(number, start_ns);
        let pulse = Pulse::new(self.config.seed, number, time_ns, seconds, motion);
        for player in &mut self.players {
            if player.silences.iter().any(|silence| silence.covers(number)) {
                continue;
            }
            let mut output = Output {
                topic: &player.topic,
                source: &player.source,
                timestamp_ns: time_ns,
                builder: &mut self.builder,
                messages,
            };
            player.producer.produce(&pulse, &mut output);
        }
        self.faults.inject(&pulse, &mut self.builder, messages);
    }
}

fn players(instrument: &Instrument, config: &SimulatorConfig, grid: &PulseGrid) -> Vec<Player> {
    let mut topics: Vec<Arc<str>> = Vec::new();
    let mut monitors = 0;
    let mut players = Vec::new();
    for (number, stream) in instrument.streams.iter().enumerate() {
        let number = number as u64;
        let producer: Box<dyn Producer> = match stream.kind {
            StreamKind::DetectorEvents => {
                let Some(panel) = Panel::new(instrument, stream, config, grid, number) else {
                    continue;
                };
                Cycle::around(panel, config)
            }
            StreamKind::AreaDetector => match instrument.area_detector(&stream.name) {
                Some(layout) => Box::new(Camera::new(layout.shape, number)),
                None => continue,
            },
            StreamKind::MonitorEvents => {
                monitors += 1;
                Box::new(MonitorEvents::new(monitors, config, grid, number))
            }
            StreamKind::MonitorHistogram => {
                monitors += 1;
                Box::new(MonitorHistogram::new(monitors, config, grid, number))
            }
            StreamKind::Log => Box::new(device::Log::new(Device::new(stream, grid), number)),
        };
        let known = topics
            .iter()
            .find(|topic| ***topic == *stream.topic)
            .cloned();
        let topic = known.unwrap_or_else(|| stream.topic.as_str().into());
        topics.push(Arc::clone(&topic));
        let silences = config.silences.iter();
        players.push(Player {
            topic,
            source: stream.source.clone(),
            producer,
            silences: silences
                .filter(|silence| silence.stream == stream.name)
                .cloned()
                .collect(),
        });
    }
    players
}

#[cfg(test)]
mod tests;
