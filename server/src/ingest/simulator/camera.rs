//! A camera in the beam: a spot that wanders over a dark background.

use std::f64::consts::TAU;

use rand::Rng as _;

use crate::wire::ElementsLe;
use crate::wire::ad00::{self, Ad00Parts};

use super::producer::{Output, Producer};
use super::pulse::{Pulse, SimRng};

/// Counts at the centre of the spot and of the background.
const SPOT_COUNTS: f32 = 500.0;
const BACKGROUND_COUNTS: f32 = 5.0;

/// Frames that the spot takes for one round.
const FRAMES_PER_ROUND: u64 = 140;

/// Entries of the table of normal deviates; a power of two.
const NORMALS: usize = 1 << BITS;
const BITS: u32 = 12;

/// A camera of any size.
#[derive(Debug)]
pub(super) struct Camera {
    shape: [usize; 2],
    normals: Vec<f32>,
    profile_x: Vec<f32>,
    frame: Vec<u16>,
    stream: u64,
}

impl Camera {
    pub(super) fn new(shape: [usize; 2], stream: u64) -> Self {
        Self {
            shape,
            normals: normals(),
            profile_x: vec![0.0; shape[1]],
            frame: vec![0; shape[0] * shape[1]],
            stream,
        }
    }

    fn expose(&mut self, pulse: &Pulse) {
        let [height, width] = self.shape;
        let angle = TAU * (pulse.number % FRAMES_PER_ROUND) as f64 / FRAMES_PER_ROUND as f64;
        let (centre_y, centre_x) = (0.5 + 0.22 * angle.sin(), 0.5 + 0.22 * angle.cos());
        // Brightest pixel and width follow the beam: 15 pixels of 256, wider than high.
        let spot = SPOT_COUNTS * pulse.strength as f32;
        for (x, value) in self.profile_x.iter_mut().enumerate() {
            *value = bell(x, width, centre_x, 0.06);
        }
        let mut rng = pulse.rng(self.stream);
        for (y, row) in self.frame.chunks_exact_mut(width).enumerate() {
            let height_here = spot * bell(y, height, centre_y, 0.05);
            fill_row(row, &self.profile_x, height_here, &self.normals, &mut rng);
        }
    }
}

impl Producer for Camera {
    fn produce(&mut self, pulse: &Pulse, output: &mut Output<'_>) {
        self.expose(pulse);
        let shape = self.shape.map(|length| length as i64);
        output.send(|builder, source_name| {
            let parts = Ad00Parts {
                source_name,
                unique_id: pulse.number as i32,
                timestamp_ns: pulse.time_ns,
                shape: &shape,
                data: ElementsLe::from(self.frame.as_slice()),
                attributes: &[],
            };
            ad00::encode(builder, &parts)
        });
    }
}

/// Draws counts around their means. The Poisson distribution is taken as normal, so that one random
/// number serves five pixels; at five counts and more nobody sees the difference.
fn fill_row(row: &mut [u16], profile: &[f32], height: f32, normals: &[f32], rng: &mut SimRng) {
    for (pixels, profile) in row.chunks_mut(5).zip(profile.chunks(5)) {
        let mut bits = rng.next_u64();
        for (pixel, shape) in pixels.iter_mut().zip(profile) {
            let mean = BACKGROUND_COUNTS + height * shape;
            let deviate = normals[bits as usize % NORMALS];
            bits >>= BITS;
            // The cast saturates: negative counts become zero.
            *pixel = (mean + mean.sqrt() * deviate + 0.5) as u16;
        }
    }
}

fn bell(pixel: usize, pixels: usize, centre: f64, sigma: f64) -> f32 {
    let distance = ((pixel as f64 + 0.5) / pixels as f64 - centre) / sigma;
    (-0.5 * distance * distance).exp() as f32
}

/// Equally likely values of the normal distribution.
fn normals() -> Vec<f32> {
    let density = |x: f64| (-0.5 * x * x).exp();
    let quantiles = super::quantiles::Quantiles::of_density(-5.0, 5.0, density);
    let value = |i: usize| quantiles.at((i as f64 + 0.5) / NORMALS as f64) as f32;
    (0..NORMALS).map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::super::pulse::Motion;
    use super::*;

    fn exposed(number: u64) -> Camera {
        let motion = Motion {
            shift_mm: 0.0,
            rotation_deg: 0.0,
        };
        let mut camera = Camera::new([256, 256], 0);
        camera.expose(&Pulse::new(1, number, 0, 0.0, motion));
        camera
    }

    fn brightest(camera: &Camera) -> (usize, usize) {
        let (index, _) = camera
            .frame
            .iter()
            .enumerate()
            .max_by_key(|(_, v)| **v)
            .expect("pixels");
        (index / 256, index % 256)
    }

    #[test]
    fn the_spot_goes_round() {
        let (y, x) = brightest(&exposed(0));
        assert!(y.abs_diff(128) < 12 && x.abs_diff(184) < 14, "{y} {x}");
        let (y, x) = brightest(&exposed(35));
        assert!(y.abs_diff(184) < 12 && x.abs_diff(128) < 14, "{y} {x}");
    }

    #[test]
    fn background_and_noise_have_their_size() {
        let camera = exposed(0);
        let corner: Vec<f64> = camera.frame[..256 * 64]
            .iter()
            .map(|&v| f64::from(v))
            .collect();
        let mean = corner.iter().sum::<f64>() / corner.len() as f64;
        let variance = corner.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / corner.len() as f64;
        assert!((mean - 5.0).abs() < 0.1, "{mean}");
        assert!((variance - 5.0).abs() < 0.3, "{variance}");
    }
}
