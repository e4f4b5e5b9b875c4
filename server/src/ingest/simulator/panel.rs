//! An event detector: sends the neutrons that a diffraction pattern puts on its pixels.

use rand::RngExt as _;

use crate::instrument::{Detector, Instrument, Stream};

use super::SimulatorConfig;
use super::monitor::send_events;
use super::pattern::Pattern;
use super::producer::{Output, Producer};
use super::pulse::{Pulse, PulseGrid, SimRng, poisson};

/// Events of one detector.
#[derive(Debug)]
pub(super) struct Panel {
    pixels: Pixels,
    pattern: Pattern,
    mean_events: f64,
    max_events: usize,
    times_ns: Vec<i32>,
    pixel_ids: Vec<i32>,
    stream: u64,
}

impl Panel {
    /// Plays `stream`, if its pixels are declared.
    pub(super) fn new(
        instrument: &Instrument,
        stream: &Stream,
        config: &SimulatorConfig,
        grid: &PulseGrid,
        number: u64,
    ) -> Option<Self> {
        let detector = instrument.detector(&stream.name)?;
        let all: usize = instrument.detectors.iter().map(Detector::pixel_count).sum();
        let share = detector.pixel_count() as f64 / all as f64;
        Some(Self {
            pixels: Pixels::new(detector),
            pattern: Pattern::new(grid),
            mean_events: config.event_rate_hz * share / grid.rate_hz(),
            max_events: config.max_events_per_message,
            times_ns: Vec::new(),
            pixel_ids: Vec::new(),
            stream: number,
        })
    }

    /// Events expected per pulse.
    pub(super) fn mean_events(&self) -> f64 {
        self.mean_events
    }
}

impl Producer for Panel {
    fn produce(&mut self, pulse: &Pulse, output: &mut Output<'_>) {
        let mut rng = pulse.rng(self.stream);
        let count = poisson(self.mean_events * pulse.strength, &mut rng);
        let view = self.pattern.seen_by(pulse.motion);
        self.times_ns.clear();
        self.pixel_ids.clear();
        for _ in 0..count {
            if let Some(neutron) = view.neutron(&mut rng) {
                self.times_ns.push(neutron.time_ns);
                self.pixel_ids
                    .push(self.pixels.id_at(neutron.x, neutron.y, &mut rng));
            }
        }
        send_events(
            pulse,
            &self.times_ns,
            &self.pixel_ids,
            self.max_events,
            output,
        );
    }
}

/// The pixels as layers of images: the last two axes are y and x, all before them layers.
#[derive(Clone, Copy, Debug)]
struct Pixels {
    first_id: i32,
    layers: usize,
    height: usize,
    width: usize,
}

impl Pixels {
    fn new(detector: &Detector) -> Self {
        let (height, width) = match *detector.shape.as_slice() {
            [.., height, width] => (height, width),
            [width] => (1, width),
            [] => (1, 1),
        };
        Self {
            first_id: detector.first_pixel_id,
            layers: detector.pixel_count() / (height * width).max(1),
            height,
            width,
        }
    }

    /// The id of the pixel at a place in -0.5..0.5, in any of the layers.
    #[inline]
    fn id_at(&self, x: f64, y: f64, rng: &mut SimRng) -> i32 {
        let column = (((x + 0.5) * self.width as f64) as usize).min(self.width - 1);
        let row = (((y + 0.5) * self.height as f64) as usize).min(self.height - 1);
        let layer = if self.layers > 1 {
            rng.random_range(0..self.layers)
        } else {
            0
        };
        self.first_id + ((layer * self.height + row) * self.width + column) as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixels(shape: &[usize]) -> Pixels {
        Pixels::new(&Detector {
            stream: String::new(),
            first_pixel_id: 10,
            dims: Vec::new(),
            shape: shape.to_vec(),
        })
    }

    #[test]
    fn corners_are_the_first_and_the_last_pixel() {
        let mut rng = rand::SeedableRng::seed_from_u64(1);
        assert_eq!(pixels(&[4, 8]).id_at(-0.5, -0.5, &mut rng), 10);
        assert_eq!(pixels(&[4, 8]).id_at(0.499, 0.499, &mut rng), 41);
        assert_eq!(pixels(&[4, 8]).id_at(0.499, -0.5, &mut rng), 17);
        assert_eq!(pixels(&[5]).id_at(0.0, 0.3, &mut rng), 12);
        let ids: Vec<_> = (0..64)
            .map(|_| pixels(&[3, 2, 2]).id_at(-0.5, -0.5, &mut rng))
            .collect();
        assert!(ids.iter().all(|id| [10, 14, 18].contains(id)), "{ids:?}");
    }
}
