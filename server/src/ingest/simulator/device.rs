//! Devices: what a motor, a furnace or a chopper reads at a given time.

use std::f64::consts::TAU;

use rand::RngExt as _;
use rand_distr::StandardNormal;

use crate::instrument::Stream;
use crate::wire::Scalar;
use crate::wire::f144::{self, F144Parts, LogValue};

use super::producer::{Output, Producer};
use super::pulse::{Pulse, PulseGrid};

/// A device without its noise. Which one is told by the unit of its stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Device {
    kind: Kind,
    /// One value every so many pulses.
    every: u64,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Follows set points with overshoot, in K.
    Temperature,
    /// Swings slowly, in mm.
    Stage,
    /// Scans in steps, in degrees.
    Rotation,
    /// Turns at a constant speed, in Hz.
    Chopper { speed_hz: f64 },
    /// Wanders around 1, whatever it is.
    Other,
}

impl Device {
    pub(super) fn new(stream: &Stream, grid: &PulseGrid) -> Self {
        let rate_hz = grid.rate_hz();
        let (kind, readings_hz) = match stream.unit.as_deref() {
            Some("K") => (Kind::Temperature, 1.0),
            Some("mm") => (Kind::Stage, 5.0),
            Some("deg") => (Kind::Rotation, 5.0),
            Some("Hz") => (Kind::Chopper { speed_hz: rate_hz }, 2.0),
            _ => (Kind::Other, 1.0),
        };
        let every = ((rate_hz / readings_hz).round() as u64).max(1);
        Self { kind, every }
    }

    /// The true value, `seconds` after the start.
    pub(super) fn value(&self, seconds: f64) -> f64 {
        match self.kind {
            Kind::Temperature => temperature_k(seconds),
            Kind::Stage => 5.0 * (TAU * seconds / 120.0).sin(),
            Kind::Rotation => rotation_deg(seconds),
            Kind::Chopper { speed_hz } => speed_hz,
            Kind::Other => {
                1.0 + 0.2 * (TAU * seconds / 47.0).sin() + 0.1 * (TAU * seconds / 11.0).sin()
            }
        }
    }

    /// Standard deviation of a reading.
    fn noise(&self) -> f64 {
        match self.kind {
            Kind::Temperature => 0.05,
            Kind::Stage => 0.002,
            Kind::Rotation => 0.005,
            Kind::Chopper { .. } => 0.003,
            Kind::Other => 0.01,
        }
    }
}

/// Sends a device's readings.
#[derive(Debug)]
pub(super) struct Log {
    device: Device,
    stream: u64,
}

impl Log {
    pub(super) fn new(device: Device, stream: u64) -> Self {
        Self { device, stream }
    }
}

impl Producer for Log {
    fn produce(&mut self, pulse: &Pulse, output: &mut Output<'_>) {
        if !pulse.number.is_multiple_of(self.device.every) {
            return;
        }
        let noise: f64 = pulse.rng(self.stream).sample(StandardNormal);
        let reading = self.device.value(pulse.seconds) + self.device.noise() * noise;
        output.send(|builder, source_name| {
            let value = LogValue::Scalar(Scalar::F64(reading));
            f144::encode(
                builder,
                &F144Parts {
                    source_name,
                    timestamp_ns: pulse.time_ns,
                    value,
                },
            )
        });
    }
}

/// Seconds at each set point.
const DWELL_S: f64 = 90.0;

/// An underdamped second-order answer to a new set point every 90 s.
fn temperature_k(seconds: f64) -> f64 {
    const SET_POINTS_K: [f64; 4] = [290.0, 300.0, 320.0, 305.0];
    let (omega, damping) = (TAU / 30.0, 0.45_f64);
    let step = (seconds / DWELL_S).max(0.0) as usize;
    let target = SET_POINTS_K[(step + 1) % SET_POINTS_K.len()];
    let from = SET_POINTS_K[step % SET_POINTS_K.len()];
    let since = seconds - step as f64 * DWELL_S;
    let damped = omega * (1.0 - damping * damping).sqrt();
    let ringing = (damped * since).cos() + damping * omega / damped * (damped * since).sin();
    target + (from - target) * (-damping * omega * since).exp() * ringing
}

/// Eight steps of 5 degrees, up and down again: 12 s at each, 3 s between.
fn rotation_deg(seconds: f64) -> f64 {
    let (step, since) = ((seconds / 15.0).max(0.0) as i64, seconds.rem_euclid(15.0));
    let stop = |step: i64| 10.0 - 5.0 * ((step.rem_euclid(8) - 4).abs() as f64);
    let part = ((since - 12.0) / 3.0).clamp(0.0, 1.0);
    let eased = part * part * (3.0 - 2.0 * part);
    stop(step) + (stop(step + 1) - stop(step)) * eased
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_temperature_overshoots_and_settles() {
        assert!((temperature_k(0.0) - 290.0).abs() < 1e-9);
        let highest = (0..900)
            .map(|i| temperature_k(f64::from(i) * 0.1))
            .fold(0.0, f64::max);
        assert!(highest > 301.0 && highest < 304.0, "{highest}");
        assert!((temperature_k(89.9) - 300.0).abs() < 0.01);
        assert!(
            (temperature_k(90.0) - 300.0).abs() < 0.01,
            "no jump between set points"
        );
    }

    #[test]
    fn the_rotation_scans_from_minus_ten_to_ten_without_jumps() {
        let values: Vec<_> = (0..2400)
            .map(|i| rotation_deg(f64::from(i) * 0.1))
            .collect();
        assert_eq!(values.iter().copied().fold(f64::MAX, f64::min), -10.0);
        assert_eq!(values.iter().copied().fold(f64::MIN, f64::max), 10.0);
        let largest = values
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).abs())
            .fold(0.0, f64::max);
        assert!(largest < 0.3, "{largest}");
    }
}
