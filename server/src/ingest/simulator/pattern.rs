//! The diffraction pattern of a sample that does not exist, on a panel of unit size around the beam.
//!
//! The chopper lets three wavelengths of each pulse pass. Powder rings show each at its own angle and
//! time of arrival; single-crystal peaks, a halo around the beam and a white background lie beneath.
//! The stage shifts the pattern, the rotation turns the peaks. One spot is hot, one is dead, and the
//! beam stop casts its shadow.

use std::f64::consts::TAU;

use rand::{Rng as _, RngExt as _};
use rand_distr::StandardNormal;

use super::pulse::{Motion, PulseGrid, SimRng};
use super::spectrum::Spectrum;

/// Moderator to panel, in m.
const PATH_M: f64 = 28.9;

/// Sample to panel, in widths of the panel.
const SAMPLE_DISTANCE: f64 = 0.9;

/// Wavelengths that the chopper lets pass, in Å.
const WAVELENGTHS: [f64; 3] = [2.0, 3.2, 4.6];

/// Spacings of the powder's planes in Å, and how strongly they scatter.
const PLANES: [(f64, f64); 2] = [(12.5, 1.0), (8.2, 0.7)];

/// Number of single-crystal peaks.
const PEAKS: usize = 14;

/// Where the dead spot and the hot one are, and the radius of the dead one and of the beam stop.
const DEAD: (f64, f64, f64) = (-0.27, 0.21, 0.028);
const HOT: (f64, f64) = (0.312, 0.363);
const BEAM_STOP_RADIUS: f64 = 0.03;

/// How far the pattern shifts with the stage, in widths per mm.
const WIDTHS_PER_MM: f64 = 0.004;

/// A neutron that was counted: its place in -0.5..0.5 and its time of arrival.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neutron {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) time_ns: i32,
}

/// Where neutrons can come from.
#[derive(Clone, Copy, Debug)]
enum Part {
    Background,
    Halo,
    Ring { radius: f64, time_ns: f64 },
    Peak { x: f64, y: f64, time_ns: f64 },
    Hot,
}

/// The pattern, prepared for drawing neutrons fast.
#[derive(Debug)]
pub(super) struct Pattern {
    spectrum: Spectrum,
    parts: Vec<Part>,
    /// Index of a part for each of 1024 equal chances.
    chances: Vec<u8>,
    /// Sine and cosine of 4096 directions.
    directions: Vec<(f64, f64)>,
}

impl Pattern {
    pub(super) fn new(grid: &PulseGrid) -> Self {
        let spectrum = Spectrum::new(PATH_M, grid);
        let mut weighted = vec![
            (Part::Background, 0.30),
            (Part::Halo, 0.14),
            (Part::Hot, 0.001),
        ];
        weighted.extend(rings(&spectrum));
        weighted.extend((0..PEAKS).map(|i| peak(i, &spectrum)));
        let direction = |i: u32| (TAU * f64::from(i) / 4096.0).sin_cos();
        Self {
            spectrum,
            chances: chances(weighted.iter().map(|(_, weight)| *weight)),
            parts: weighted.into_iter().map(|(part, _)| part).collect(),
            directions: (0..4096).map(direction).collect(),
        }
    }

    /// The pattern with the sample at a given place.
    pub(super) fn seen_by(&self, motion: Motion) -> View<'_> {
        let (sin, cos) = motion.rotation_deg.to_radians().sin_cos();
        View {
            pattern: self,
            shift: motion.shift_mm * WIDTHS_PER_MM,
            sin,
            cos,
        }
    }
}

/// The pattern at one pulse.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pattern: &'a Pattern,
    shift: f64,
    sin: f64,
    cos: f64,
}

impl View<'_> {
    /// A random neutron; `None` if it misses the panel or hits where nothing is counted.
    #[inline]
    pub(super) fn neutron(&self, rng: &mut SimRng) -> Option<Neutron> {
        let pattern = self.pattern;
        let bits = rng.next_u64();
        let part = pattern.parts[usize::from(pattern.chances[bits as usize % 1024])];
        let (x, y, time_ns) = match part {
            Part::Background => {
                let (x, y): (f64, f64) = (rng.random(), rng.random());
                (x - 0.5, y - 0.5, pattern.spectrum.sample_ns(rng))
            }
            Part::Halo => {
                let (x, y) = (normal(rng) * 0.085, normal(rng) * 0.085);
                (x + self.shift, y, pattern.spectrum.sample_ns(rng))
            }
            Part::Ring { radius, time_ns } => {
                let (sin, cos) = pattern.directions[(bits >> 10) as usize % 4096];
                let radius = radius + normal(rng) * 0.006;
                (
                    self.shift + radius * cos,
                    radius * sin,
                    self.line(time_ns, rng),
                )
            }
            Part::Peak { x, y, time_ns } => {
                let (dx, dy) = (normal(rng) * 0.009, normal(rng) * 0.009);
                let turned = (x * self.cos - y * self.sin, x * self.sin + y * self.cos);
                (
                    self.shift + turned.0 + dx,
                    turned.1 + dy,
                    self.line(time_ns, rng),
                )
            }
            // One in four, so that it is about as bright as the brightest peak.
            Part::Hot if (bits >> 22).is_multiple_of(4) => (HOT.0, HOT.1, self.anytime(rng)),
            Part::Hot => return None,
        };
        let here = Neutron { x, y, time_ns };
        is_counted(x, y, self.shift).then_some(here)
    }

    /// A time of arrival within a line of the chopped spectrum.
    #[inline]
    fn line(&self, time_ns: f64, rng: &mut SimRng) -> i32 {
        self.pattern
            .spectrum
            .in_frame(time_ns + normal(rng) * 4.5e5)
    }

    /// Electronic noise knows no pulses.
    #[inline]
    fn anytime(&self, rng: &mut SimRng) -> i32 {
        let u: f64 = rng.random();
        self.pattern.spectrum.at_part_of_frame(u)
    }
}

#[inline]
fn normal(rng: &mut SimRng) -> f64 {
    rng.sample(StandardNormal)
}

/// Whether a neutron there hits a pixel that counts. The beam stop moves with the stage.
#[inline]
fn is_counted(x: f64, y: f64, shift: f64) -> bool {
    let within =
        |x0: f64, y0: f64, radius: f64| (x - x0) * (x - x0) + (y - y0) * (y - y0) < radius * radius;
    let on_panel = (-0.5..0.5).contains(&x) && (-0.5..0.5).contains(&y);
    on_panel && !within(DEAD.0, DEAD.1, DEAD.2) && !within(shift, 0.0, BEAM_STOP_RADIUS)
}

/// Bragg's law for each wavelength and spacing, as rings on a flat panel.
fn rings(spectrum: &Spectrum) -> impl Iterator<Item = (Part, f64)> {
    let ring = |wavelength: f64, spacing: f64, strength: f64| {
        let two_theta = 2.0 * (wavelength / (2.0 * spacing)).asin();
        let part = Part::Ring {
            radius: SAMPLE_DISTANCE * two_theta.tan(),
            time_ns: spectrum.of_wavelength_ns(wavelength),
        };
        (part, 0.08 * strength)
    };
    let pairs = WAVELENGTHS.into_iter().flat_map(|wavelength| {
        PLANES
            .into_iter()
            .map(move |(spacing, strength)| (wavelength, spacing, strength))
    });
    pairs.map(move |(wavelength, spacing, strength)| ring(wavelength, spacing, strength))
}

/// Peaks on a spiral of golden angles: spread evenly, and none repeats another.
fn peak(i: usize, spectrum: &Spectrum) -> (Part, f64) {
    let position = (i as f64 + 1.5) / (PEAKS as f64 + 1.0);
    let (sin, cos) = (i as f64 * 2.399_963).sin_cos();
    let radius = 0.46 * position.sqrt();
    let wavelength = WAVELENGTHS[i % WAVELENGTHS.len()];
    let part = Part::Peak {
        x: radius * cos,
        y: radius * sin,
        time_ns: spectrum.of_wavelength_ns(wavelength),
    };
    (
        part,
        0.006 + 0.012 * ((i * 5) % PEAKS) as f64 / PEAKS as f64,
    )
}

/// Shares 1024 chances in proportion to the weights, at least one each.
fn chances(weights: impl Iterator<Item = f64> + Clone) -> Vec<u8> {
    let sum: f64 = weights.clone().sum();
    let mut chances = Vec::new();
    for (part, weight) in weights.enumerate() {
        let count = (1024.0 * weight / sum).round().max(1.0) as usize;
        chances.extend(std::iter::repeat_n(part as u8, count));
    }
    // What rounding left over goes to the first part, or is taken from the last.
    chances.resize(1024, 0);
    chances
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    fn neutrons(motion: Motion, count: usize) -> Vec<Neutron> {
        let pattern = Pattern::new(&PulseGrid::new(14.0));
        let view = pattern.seen_by(motion);
        let mut rng = SimRng::seed_from_u64(1);
        (0..count).filter_map(|_| view.neutron(&mut rng)).collect()
    }

    const STILL: Motion = Motion {
        shift_mm: 0.0,
        rotation_deg: 0.0,
    };

    #[test]
    fn most_neutrons_are_counted_within_the_frame() {
        let neutrons = neutrons(STILL, 100_000);
        assert!(neutrons.len() > 95_000, "{}", neutrons.len());
        assert!(
            neutrons
                .iter()
                .all(|n| (0..71_428_572).contains(&n.time_ns))
        );
    }

    #[test]
    fn dead_spot_and_beam_stop_count_nothing_and_the_hot_spot_always() {
        let neutrons = neutrons(STILL, 200_000);
        let near = |x: f64, y: f64, r: f64| {
            neutrons
                .iter()
                .filter(|n| (n.x - x).hypot(n.y - y) < r)
                .count()
        };
        assert_eq!(near(DEAD.0, DEAD.1, DEAD.2), 0);
        assert_eq!(near(0.0, 0.0, BEAM_STOP_RADIUS), 0);
        assert!((30..150).contains(&near(HOT.0, HOT.1, 1e-6)));
    }

    #[test]
    fn a_ring_stands_out_at_braggs_angle_and_at_its_time() {
        let wavelength = WAVELENGTHS[0];
        let radius = SAMPLE_DISTANCE * (2.0 * (wavelength / 2.0 / PLANES[0].0).asin()).tan();
        let time_ns = Spectrum::new(PATH_M, &PulseGrid::new(14.0)).of_wavelength_ns(wavelength);
        let neutrons = neutrons(STILL, 200_000);
        let per_area = |radius: f64| {
            let in_line = neutrons
                .iter()
                .filter(|n| (f64::from(n.time_ns) - time_ns).abs() < 1e6);
            let on_ring = in_line
                .filter(|n| (n.x.hypot(n.y) - radius).abs() < 0.008)
                .count();
            on_ring as f64 / radius
        };
        assert!(
            per_area(radius) > 5.0 * per_area(radius + 0.05),
            "{}",
            per_area(radius)
        );
    }

    #[test]
    fn the_stage_shifts_the_rings() {
        let mean = |shift_mm| {
            let neutrons = neutrons(
                Motion {
                    shift_mm,
                    rotation_deg: 0.0,
                },
                200_000,
            );
            let rings = neutrons.iter().filter(|n| n.x.hypot(n.y) < 0.4);
            let (sum, count) = rings.fold((0.0, 0.0), |(sum, count), n| (sum + n.x, count + 1.0));
            sum / count
        };
        assert!(mean(5.0) - mean(-5.0) > 0.01);
    }
}
