//! Counts per pixel: the window's image grows by events, the sum of all windows when it is taken.

use super::chunk::{CHUNK, Chunk};
use super::{CountPixels, Counts, CountsSince, TofRange};
use crate::wire::I32s;

/// Two images over one range of pixel ids: of the current window, and since the beginning.
///
/// Only the window's image is touched per event. [`Self::take_window`] copies it out, adds it to the sum
/// and clears it in a single pass, which is the cost of the copy. Window counters are `u32` and saturate,
/// which takes 4·10⁹ events on one pixel in one window; the sum is kept in `u64`.
#[derive(Clone, Debug)]
pub(super) struct Image {
    pub(super) window: Vec<u32>,
    sum: Vec<u64>,
}

impl Image {
    pub(super) fn new(pixel_count: usize) -> Self {
        Self {
            window: vec![0; pixel_count],
            sum: vec![0; pixel_count],
        }
    }

    pub(super) fn take_window(&mut self) -> Vec<u32> {
        let pairs = self.window.iter_mut().zip(&mut self.sum);
        pairs
            .map(|(window, sum)| {
                *sum += u64::from(*window);
                std::mem::take(window)
            })
            .collect()
    }

    pub(super) fn sum(&self) -> &[u64] {
        &self.sum
    }
}

/// Events per pixel, restricted to a range of time of flight; without a spectrum. The total counts all events that lie
/// on a pixel.
#[derive(Clone, Debug)]
pub struct PixelHistogram {
    first_pixel_id: i32,
    range: TofRange,
    image: Image,
    counts: CountsSince,
    unmapped: u64,
    pixels: Chunk,
    tofs: Chunk,
}

impl PixelHistogram {
    /// What a pixel takes in memory: a counter of the window and one of the sum.
    pub const PIXEL_BYTES: usize = size_of::<u32>() + size_of::<u64>();

    /// No events yet on `pixel_count` pixels whose ids count up from `first_pixel_id`.
    pub fn new(first_pixel_id: i32, pixel_count: usize, range: TofRange) -> Self {
        Self {
            first_pixel_id,
            range,
            image: Image::new(pixel_count),
            counts: CountsSince::default(),
            unmapped: 0,
            pixels: Chunk::new(),
            tofs: Chunk::new(),
        }
    }
}

impl CountPixels for PixelHistogram {
    fn add(&mut self, pixel_id: &I32s<'_>, tof_ns: &I32s<'_>) {
        let mut counts = Counts::default();
        for start in (0..tof_ns.len()).step_by(CHUNK) {
            let pixels = self.pixels.load(pixel_id, start);
            let tofs = self.tofs.load(tof_ns, start);
            for (pixel, tof) in pixels.iter().zip(tofs) {
                let index = pixel.wrapping_sub(self.first_pixel_id) as u32 as usize;
                let Some(counter) = self.image.window.get_mut(index) else {
                    continue;
                };
                let inside = u32::from(self.range.contains(*tof));
                *counter = counter.saturating_add(inside);
                counts.total += 1;
                counts.in_range += u64::from(inside);
            }
        }
        self.unmapped += tof_ns.len() as u64 - counts.total;
        self.counts.add(counts);
    }

    fn take_window(&mut self) -> (Vec<u32>, Counts) {
        (self.image.take_window(), self.counts.take_window())
    }

    fn sum(&self) -> &[u64] {
        self.image.sum()
    }

    fn counts(&self) -> &CountsSince {
        &self.counts
    }

    fn unmapped(&self) -> u64 {
        self.unmapped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_disjoint_and_add_up() {
        let range = TofRange::new(0.0, 100.0);
        let mut histogram = PixelHistogram::new(10, 3, range);
        histogram.add(
            &[10, 11, 11, 9, 13][..].into(),
            &[0, 50, 100, 0, 0][..].into(),
        );
        let (window, counts) = histogram.take_window();
        assert_eq!(window, [1, 1, 0]);
        assert_eq!((counts.total, counts.in_range), (3, 2));
        histogram.add(&[12, 11][..].into(), &[1, 1][..].into());
        assert_eq!(histogram.take_window().0, [0, 1, 1]);
        assert_eq!(histogram.sum(), [1, 2, 1]);
        assert_eq!(histogram.counts().start.total, 5);
        assert_eq!(histogram.unmapped(), 2);
    }

    #[test]
    fn ids_at_the_ends_of_their_type_are_unmapped_not_wrapped() {
        let mut histogram = PixelHistogram::new(1, 4, TofRange::new(0.0, 10.0));
        let ids = [i32::MIN, i32::MAX, 0, -1, 5];
        histogram.add(&ids[..].into(), &[1; 5][..].into());
        assert_eq!(histogram.unmapped(), 5);
        assert_eq!(histogram.take_window().0, [0; 4]);
    }
}
