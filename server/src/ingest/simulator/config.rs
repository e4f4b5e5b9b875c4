//! The simulator's settings and their limits.

use std::num::NonZeroU64;
use std::str::FromStr;

use serde::Deserialize;

use crate::instrument::Instrument;

/// How the beamline plays.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SimulatorConfig {
    /// Runs with the same seed are the same; 1 by default.
    pub seed: u64,
    /// Events per second of all event detectors together, shared by number of pixels, in Hz; 140 000
    /// by default, 1e3 to 1e8. Above 1e7, pulses are made once and then repeated.
    pub event_rate_hz: f64,
    /// Neutrons per second in each monitor, in Hz; 28 000 by default, up to 1e7.
    pub monitor_rate_hz: f64,
    /// A pulse with more events is sent as several messages; 100 000 by default.
    pub max_events_per_message: usize,
    /// Stop after this many pulses; none by default.
    pub pulses: Option<u64>,
    /// When the run begins, in ns since the Unix epoch; now, by default.
    pub start_time_ns: Option<i64>,
    /// Send one bad message every so many pulses, of alternating kinds; none by default.
    pub bad_message_every: Option<NonZeroU64>,
    /// Streams that fall silent; none by default.
    pub silences: Vec<Silence>,
}

/// A stream that sends nothing for some pulses.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// Name of the stream.
    pub stream: String,
    /// The first silent pulse.
    #[serde(default)]
    pub from_pulse: u64,
    /// The first pulse that is sent again; never by default.
    pub until_pulse: Option<u64>,
}

/// Why there is no simulator.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SimulatorError {
    /// A number is out of its range.
    #[error("{name} is {value}; use {min:e} to {max:e}")]
    OutOfRange {
        /// The setting.
        name: &'static str,
        /// What it was set to.
        value: f64,
        /// The smallest possible value.
        min: f64,
        /// The largest possible value.
        max: f64,
    },
    /// A silence names a stream that does not exist.
    #[error("cannot silence {name:?}: no such stream; use one of {}", .known.join(", "))]
    UnknownStream {
        /// The name given.
        name: String,
        /// The streams there are.
        known: Vec<String>,
    },
}

impl Default for SimulatorConfig {
    fn default() -> Self {
        Self {
            seed: 1,
            event_rate_hz: 1.4e5,
            monitor_rate_hz: 2.8e4,
            max_events_per_message: 100_000,
            pulses: None,
            start_time_ns: None,
            bad_message_every: None,
            silences: Vec::new(),
        }
    }
}

impl SimulatorConfig {
    pub(super) fn check(&self, instrument: &Instrument) -> Result<(), SimulatorError> {
        in_range("event_rate_hz", self.event_rate_hz, 1e3, 1e8)?;
        in_range("monitor_rate_hz", self.monitor_rate_hz, 0.0, 1e7)?;
        // Ten million events are 80 MB, just below what a message may be.
        in_range(
            "max_events_per_message",
            self.max_events_per_message as f64,
            1.0,
            1e7,
        )?;
        let unknown = self
            .silences
            .iter()
            .find(|s| instrument.stream(&s.stream).is_none());
        if let Some(silence) = unknown {
            return Err(SimulatorError::UnknownStream {
                name: silence.stream.clone(),
                known: instrument
                    .streams
                    .iter()
                    .map(|stream| stream.name.clone())
                    .collect(),
            });
        }
        Ok(())
    }
}

impl FromStr for Silence {
    type Err = String;

    /// Reads `stream`, `stream:from` or `stream:from..until`.
    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            let read = text.parse::<u64>();
            read.map_err(|error| format!("{text:?} is not the number of a pulse: {error}"))
        };
        let (stream, pulses) = text.split_once(':').unwrap_or((text, "0"));
        let (from, until) = pulses
            .split_once("..")
            .map_or((pulses, None), |(from, until)| (from, Some(until)));
        Ok(Self {
            stream: stream.to_owned(),
            from_pulse: number(from)?,
            until_pulse: until.map(number).transpose()?,
        })
    }
}

impl Silence {
    pub(super) fn covers(&self, pulse: u64) -> bool {
        self.from_pulse <= pulse && self.until_pulse.is_none_or(|until| pulse < until)
    }
}

fn in_range(name: &'static str, value: f64, min: f64, max: f64) -> Result<(), SimulatorError> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err(SimulatorError::OutOfRange {
        name,
        value,
        min,
        max,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silences_are_read_as_they_are_written() {
        let silence = |from_pulse, until_pulse| Silence {
            stream: "panel_0".to_owned(),
            from_pulse,
            until_pulse,
        };
        assert_eq!("panel_0".parse(), Ok(silence(0, None)));
        assert_eq!("panel_0:28".parse(), Ok(silence(28, None)));
        assert_eq!("panel_0:28..42".parse(), Ok(silence(28, Some(42))));
        assert!("panel_0:soon".parse::<Silence>().is_err());
    }
}
