//! Neutrons from the moderator, as times of arrival at the end of a flight path.

use rand::RngExt as _;

use super::pulse::{PulseGrid, SimRng};
use super::quantiles::Quantiles;

/// Neutron mass over Planck's constant: time of flight in ns per Å of wavelength and m of path.
const NS_PER_ANGSTROM_METRE: f64 = 252_778.4;

/// Length of the pulse after the pulse-shaping chopper, in ns.
const PULSE_LENGTH_NS: f64 = 6.0e5;

/// Wavelengths that the guide passes, in Å.
const BAND_ANGSTROM: (f64, f64) = (0.3, 12.0);

/// Times of arrival of white neutrons.
#[derive(Clone, Debug)]
pub(super) struct Spectrum {
    wavelengths: Quantiles,
    ns_per_angstrom: f64,
    period_ns: f64,
}

impl Spectrum {
    pub(super) fn new(path_m: f64, grid: &PulseGrid) -> Self {
        let (min, max) = BAND_ANGSTROM;
        Self {
            wavelengths: Quantiles::of_density(min, max, flux),
            ns_per_angstrom: NS_PER_ANGSTROM_METRE * path_m,
            period_ns: grid.period_ns(),
        }
    }

    /// Time of arrival of a random neutron in ns after the last pulse.
    #[inline]
    pub(super) fn sample_ns(&self, rng: &mut SimRng) -> i32 {
        self.arrival_ns(rng.random(), rng.random())
    }

    /// Time of arrival in ns of neutrons with `wavelength` in Å, at the middle of the pulse.
    pub(super) fn of_wavelength_ns(&self, wavelength: f64) -> f64 {
        wavelength * self.ns_per_angstrom + PULSE_LENGTH_NS / 2.0
    }

    /// The part of all neutrons that arrives in each of `bins` equal bins up to `end_ns`.
    pub(super) fn histogram(&self, bins: usize, end_ns: f64) -> Vec<f64> {
        let (wavelengths, moments) = (bins * 64, 16);
        let middle = |i: usize, count: usize| (i as f64 + 0.5) / count as f64;
        let part = 1.0 / (wavelengths * moments) as f64;
        let mut parts = vec![0.0; bins];
        for (i, j) in (0..wavelengths).flat_map(|i| (0..moments).map(move |j| (i, j))) {
            let time_ns = self.arrival_ns(middle(i, wavelengths), middle(j, moments));
            let bin = f64::from(time_ns) / end_ns * bins as f64;
            if let Some(sum) = parts.get_mut(bin as usize) {
                *sum += part;
            }
        }
        parts
    }

    /// Brings a time into the frame of one pulse: slow neutrons arrive after the next one.
    #[inline]
    pub(super) fn in_frame(&self, time_ns: f64) -> i32 {
        time_ns.rem_euclid(self.period_ns) as i32
    }

    /// The time at the part `u`, from 0 to 1, of a frame.
    #[inline]
    pub(super) fn at_part_of_frame(&self, u: f64) -> i32 {
        (u * self.period_ns) as i32
    }

    #[inline]
    fn arrival_ns(&self, u: f64, v: f64) -> i32 {
        self.in_frame(self.wavelengths.at(u) * self.ns_per_angstrom + v * PULSE_LENGTH_NS)
    }
}

/// Flux per Å at a wavelength in Å: a thermal and a cold moderator, a slowing-down tail, and the
/// Bragg edges of aluminium windows.
fn flux(wavelength: f64) -> f64 {
    let source = 0.40 * maxwellian(wavelength, 325.0)
        + 0.55 * maxwellian(wavelength, 45.0)
        + 0.02 / wavelength.max(0.5);
    // Twice the spacing of the planes (200) and (111).
    let transmission = match wavelength {
        w if w < 4.05 => 0.62,
        w if w < 4.676 => 0.76,
        _ => 1.0,
    };
    source * transmission
}

/// The Maxwellian flux of a moderator at `kelvin`, of integral 1:
/// 2 λt⁴ λ⁻⁵ exp(-(λt/λ)²) with λt² = 949 Å² K / T.
fn maxwellian(wavelength: f64, kelvin: f64) -> f64 {
    let square = 949.0 / kelvin;
    let ratio = square / (wavelength * wavelength);
    2.0 * ratio * ratio / wavelength * (-ratio).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maxwellian_is_normalised() {
        let sum: f64 = (0..100_000)
            .map(|i| maxwellian(0.01 + f64::from(i) * 0.001, 60.0))
            .sum();
        assert!((sum * 0.001 - 1.0).abs() < 0.01, "{sum}");
    }

    #[test]
    fn a_neutron_of_one_angstrom_flies_a_metre_in_253_microseconds() {
        let spectrum = Spectrum::new(1.0, &PulseGrid::new(14.0));
        let time_ns = spectrum.of_wavelength_ns(1.0) - PULSE_LENGTH_NS / 2.0;
        assert!((time_ns - 252_778.4).abs() < 1.0);
    }

    #[test]
    fn the_bragg_edge_is_a_step_up() {
        let spectrum = Spectrum::new(25.0, &PulseGrid::new(14.0));
        let parts = spectrum.histogram(714, 71.4e6);
        let edge_bin = (4.676 * 25.0 * 0.252_778_4 * 10.0) as usize;
        let mean = |bins: &[f64]| bins.iter().sum::<f64>() / bins.len() as f64;
        let before = mean(&parts[edge_bin - 6..edge_bin - 1]);
        let after = mean(&parts[edge_bin + 7..edge_bin + 12]);
        assert!(after > before * 1.05, "{before} {after}");
        assert!((parts.iter().sum::<f64>() - 1.0).abs() < 1e-3);
    }
}
