//! Events of a detector by pixel and time of flight, with the images that follow from it.

use super::chunk::{CHUNK, Chunk};
use super::image::Image;
use super::table::Table;
use super::{CountPixels, Counts, CountsSince, PixelHistogram, TofBins, TofRange};
use crate::wire::I32s;

/// Largest table of counters that a job may ask for, in bytes.
pub const MAX_TABLE_BYTES: usize = 4 << 30;

/// Counts per pixel and bin since the beginning, images per window and since the beginning.
///
/// An event counts if its pixel belongs to the detector and its time lies between the edges; it enters
/// the images if its time also lies in the range. The total counts all between the edges.
#[derive(Clone, Debug)]
pub struct PixelTofHistogram {
    first_pixel_id: i32,
    bins: TofBins,
    range: TofRange,
    table: Table,
    image: Image,
    counts: CountsSince,
    unmapped: u64,
    pixels: Chunk,
    tofs: Chunk,
    bin_of_event: Box<[u32; CHUNK]>,
    block_of_event: Box<[u32; CHUNK]>,
    position_of_event: Box<[u16; CHUNK]>,
}

impl PixelTofHistogram {
    /// No events yet on `pixel_count` pixels whose ids count up from `first_pixel_id`. Without `range` the
    /// images show every event between the edges.
    pub fn new(
        first_pixel_id: i32,
        pixel_count: usize,
        bins: TofBins,
        range: Option<TofRange>,
    ) -> Self {
        let range = range.map_or_else(|| bins.range(), |r| r.intersect(bins.range()));
        Self {
            first_pixel_id,
            table: Table::new(pixel_count, bins.len()),
            bins,
            range,
            image: Image::new(pixel_count),
            counts: CountsSince::default(),
            unmapped: 0,
            pixels: Chunk::new(),
            tofs: Chunk::new(),
            bin_of_event: Box::new([0; CHUNK]),
            block_of_event: Box::new([0; CHUNK]),
            position_of_event: Box::new([0; CHUNK]),
        }
    }

    /// What the counters of so many pixels and bins take in memory; scratch of some MiB is not counted.
    pub fn bytes(pixel_count: usize, bins: usize) -> usize {
        pixel_count.saturating_mul(bins * size_of::<u32>() + PixelHistogram::PIXEL_BYTES)
    }
}

impl CountPixels for PixelTofHistogram {
    fn add(&mut self, pixel_id: &I32s<'_>, tof_ns: &I32s<'_>) {
        for start in (0..tof_ns.len()).step_by(CHUNK) {
            let pixels = self.pixels.load(pixel_id, start);
            let tofs = self.tofs.load(tof_ns, start);
            self.bins.bins_of(tofs, &mut self.bin_of_event[..]);
            let (mut counts, mut mapped) = (Counts::default(), 0);
            let (blocks, edges, range) = (self.table.blocks(), self.bins.range(), self.range);
            let first_pixel_id = self.first_pixel_id;
            let pixel_count = self.image.window.len() as u32;
            let places = self
                .block_of_event
                .iter_mut()
                .zip(&mut self.position_of_event[..]);
            let events = pixels.iter().zip(tofs).zip(self.bin_of_event.iter());
            for (((pixel, tof), bin), (block, position)) in events.zip(places) {
                let index = pixel.wrapping_sub(first_pixel_id) as u32;
                let is_mapped = index < pixel_count;
                let is_counted = is_mapped & edges.contains(*tof);
                let in_image = range.contains(*tof);
                let (its_block, its_position) = blocks.place(index, *bin, in_image);
                *block = if is_counted {
                    its_block
                } else {
                    blocks.nowhere()
                };
                *position = its_position;
                mapped += u64::from(is_mapped);
                counts.total += u64::from(is_counted);
                counts.in_range += u64::from(is_counted & in_image);
            }
            let (blocks, positions) = (&self.block_of_event[..], &self.position_of_event[..]);
            let events = pixels.len();
            self.table.add(
                &blocks[..events],
                &positions[..events],
                &mut self.image.window,
            );
            self.unmapped += events as u64 - mapped;
            self.counts.add(counts);
        }
    }

    fn take_window(&mut self) -> (Vec<u32>, Counts) {
        self.table.flush(&mut self.image.window);
        (self.image.take_window(), self.counts.take_window())
    }

    fn sum(&self) -> &[u64] {
        self.image.sum()
    }

    fn counts(&self) -> &CountsSince {
        &self.counts
    }

    fn table(&mut self) -> Option<&[u32]> {
        self.table.flush(&mut self.image.window);
        Some(self.table.counters())
    }

    fn unmapped(&self) -> u64 {
        self.unmapped
    }

    fn saturated(&self) -> u64 {
        self.table.lost()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EDGES: [f64; 4] = [10.0, 20.0, 30.5, 60.0];

    #[test]
    fn range_restricts_images_but_not_the_table() {
        let range = TofRange::new(15.0, 1e9);
        let mut histogram = PixelTofHistogram::new(0, 2, TofBins::new(&EDGES), Some(range));
        histogram.add(
            &[0, 0, 1, 1, 7][..].into(),
            &[12, 20, 59, 60, 20][..].into(),
        );
        assert_eq!(histogram.table(), Some(&[1, 1, 0, 0, 0, 1][..]));
        let (window, counts) = histogram.take_window();
        assert_eq!(window, [1, 1]);
        assert_eq!((counts.total, counts.in_range), (3, 2));
        assert_eq!(histogram.unmapped(), 1);
    }

    proptest! {
        #[test]
        fn agrees_with_counting_one_by_one(
            events in prop::collection::vec((-3..12_i32, 0..70_i32), 0..6000),
            cut in 0..6000_usize, range in proptest::option::of((0..70_i32, 0..70_i32)),
        ) {
            let range = range.map(|(a, b)| (f64::from(a), f64::from(b)));
            let bins = TofBins::new(&EDGES);
            let tof_range = range.map(|(a, b)| TofRange::new(a, b));
            let mut histogram = PixelTofHistogram::new(2, 8, bins, tof_range);
            let (mut table, mut image, mut window) = ([0; 24], [0_u64; 8], [0; 8]);
            let cut = cut.min(events.len());
            for (number, part) in [&events[..cut], &events[cut..]].into_iter().enumerate() {
                let pixels: Vec<_> = part.iter().map(|e| e.0).collect();
                let tofs: Vec<_> = part.iter().map(|e| e.1).collect();
                histogram.add(&pixels[..].into(), &tofs[..].into());
                window = [0; 8];
                for (pixel, tof) in part {
                    let t = f64::from(*tof);
                    let Some(bin) = (0..3).find(|i| EDGES[*i] <= t && t < EDGES[i + 1]) else { continue };
                    let Some(pixel) = (pixel - 2).try_into().ok().filter(|p: &usize| *p < 8) else { continue };
                    table[pixel * 3 + bin] += 1;
                    if range.is_none_or(|(a, b)| a <= t && t < b) {
                        image[pixel] += 1;
                        window[pixel] += 1;
                    }
                }
                if number == 0 {
                    prop_assert_eq!(histogram.take_window().0, window);
                }
            }
            prop_assert_eq!(histogram.take_window().0, window);
            prop_assert_eq!(histogram.sum(), image);
            prop_assert_eq!(histogram.table(), Some(&table[..]));
            prop_assert_eq!(histogram.counts().start.in_range, image.iter().sum::<u64>());
            prop_assert_eq!(histogram.counts().start.total, table.iter().map(|c| u64::from(*c)).sum::<u64>());
        }
    }
}
