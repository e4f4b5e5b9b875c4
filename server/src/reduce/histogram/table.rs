//! The table of counters, pixel by time of flight, filled block by block, and with it the image.
//!
//! A random increment into a table larger than the caches costs a trip to memory. So events are first
//! sorted into [`Buckets`], one per block of the table, as 15-bit positions inside the block and one bit
//! that tells whether the image shows the event. A full bucket is counted at once, while its block of the
//! table and of the image stays in the nearest caches.
//!
//! The sizes here were measured at 128² and 512² pixels with 100 bins. A small block stays in the first
//! cache beside its bucket; too many buckets leave the caches themselves, so a large table has larger
//! blocks.

use super::buckets::Buckets;

/// Blocks that a table is cut into, as far as the limits of one allow.
const BLOCKS: usize = 1024;

/// Least and most counters of a block, unless a single pixel has more: 8 KiB and 16 KiB.
const BLOCK_COUNTERS: (usize, usize) = (1 << 11, 1 << 12);

/// Most pixels of a block, so that a byte tells which.
const MAX_BLOCK_PIXELS: usize = 1 << 8;

/// The bit of an event's position that puts it into the image.
const IN_IMAGE: u16 = 1 << 15;

/// Most bins per pixel: what positions have room for.
const MAX_BINS: usize = IN_IMAGE as usize;

/// Counters per pixel and bin; they saturate at `u32::MAX`, and what is lost so is counted.
#[derive(Clone, Debug)]
pub(super) struct Table {
    counters: Counters,
    buckets: Buckets,
}

/// How pixels are shared out to blocks: `1 << pixel_shift` to each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocks {
    bins: u32,
    pixel_shift: u32,
    count: u32,
}

impl Blocks {
    fn of(pixel_count: usize, bins: usize) -> Self {
        let (least, most) = BLOCK_COUNTERS;
        let counters = (pixel_count * bins / BLOCKS).clamp(least, most);
        let pixel_shift = (counters / bins.max(1)).clamp(1, MAX_BLOCK_PIXELS).ilog2();
        let count = pixel_count.div_ceil(1 << pixel_shift) as u32;
        Self {
            bins: bins as u32,
            pixel_shift,
            count,
        }
    }

    /// Block and position of an event; `pixel` and `bin` are known to lie inside.
    #[inline]
    pub(super) fn place(self, pixel: u32, bin: u32, in_image: bool) -> (u32, u16) {
        let in_block = pixel & ((1 << self.pixel_shift) - 1);
        let position = in_block.wrapping_mul(self.bins).wrapping_add(bin) as u16;
        (
            pixel >> self.pixel_shift,
            position | (IN_IMAGE * u16::from(in_image)),
        )
    }

    /// The block of events that are not counted.
    #[inline]
    pub(super) fn nowhere(self) -> u32 {
        self.count
    }
}

impl Table {
    /// All zero.
    ///
    /// # Panics
    ///
    /// Positions have no room for more than 32,768 bins; parameters allow fewer.
    pub(super) fn new(pixel_count: usize, bins: usize) -> Self {
        assert!(bins <= MAX_BINS, "{bins} bins per pixel");
        let blocks = Blocks::of(pixel_count, bins);
        Self {
            counters: Counters::new(blocks, pixel_count),
            buckets: Buckets::new(blocks.count as usize + 1),
        }
    }

    /// Where events belong.
    pub(super) fn blocks(&self) -> Blocks {
        self.counters.blocks
    }

    /// Takes events by their [`Blocks::place`]; `image` follows when it is flushed, at the latest.
    pub(super) fn add(&mut self, blocks: &[u32], positions: &[u16], image: &mut [u32]) {
        let count = |block, bucket: &[_]| self.counters.count(block, bucket, image);
        self.buckets.push(blocks, positions, count);
    }

    /// Counts what waits, in the table and in `image`.
    pub(super) fn flush(&mut self, image: &mut [u32]) {
        self.buckets
            .empty(|block, bucket| self.counters.count(block, bucket, image));
    }

    /// All flushed counters, row-major `(pixel, bin)`.
    pub(super) fn counters(&self) -> &[u32] {
        &self.counters.values
    }

    /// Events that met a counter at its limit.
    pub(super) fn lost(&self) -> u64 {
        self.counters.lost
    }
}

#[derive(Clone, Debug)]
struct Counters {
    blocks: Blocks,
    values: Vec<u32>,
    /// The pixel inside its block, for each position in a block.
    pixel_of_position: Vec<u8>,
    lost: u64,
}

impl Counters {
    fn new(blocks: Blocks, pixel_count: usize) -> Self {
        let bins = blocks.bins as usize;
        let positions = 0..bins << blocks.pixel_shift;
        Self {
            blocks,
            values: vec![0; pixel_count * bins],
            pixel_of_position: positions.map(|it| (it / bins) as u8).collect(),
            lost: 0,
        }
    }

    /// Counts the events of a block's bucket.
    #[inline(never)]
    fn count(&mut self, block: usize, bucket: &[u16], image: &mut [u32]) {
        if block == self.blocks.nowhere() as usize {
            return;
        }
        let pixel_of = &self.pixel_of_position[..];
        let counters = part(&mut self.values, block, pixel_of.len());
        let image = part(image, block, 1 << self.blocks.pixel_shift);
        for event in bucket {
            let position = usize::from(event & !IN_IMAGE);
            let counter = &mut counters[position];
            let next = counter.saturating_add(1);
            self.lost += u64::from(next == *counter);
            *counter = next;
            let shown = u32::from(event & IN_IMAGE != 0);
            let pixel = &mut image[usize::from(pixel_of[position])];
            *pixel = pixel.saturating_add(shown);
        }
    }
}

/// The `block`th piece of `len` values; the last one may be shorter.
fn part(values: &mut [u32], block: usize, len: usize) -> &mut [u32] {
    let end = values.len().min((block + 1) * len);
    &mut values[block * len..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table with its image, fed one event at a time.
    struct Fed {
        table: Table,
        image: Vec<u32>,
    }

    impl Fed {
        fn new(pixels: usize, bins: usize) -> Self {
            Self {
                table: Table::new(pixels, bins),
                image: vec![0; pixels],
            }
        }

        fn add(&mut self, pixel: usize, bin: usize, in_image: bool) {
            let (block, position) = self
                .table
                .blocks()
                .place(pixel as u32, bin as u32, in_image);
            self.table.add(&[block], &[position], &mut self.image);
        }

        fn counters(&mut self) -> &[u32] {
            self.table.flush(&mut self.image);
            self.table.counters()
        }
    }

    #[test]
    fn full_buckets_and_waiting_events_are_counted_once() {
        let (pixels, bins) = (3000, 100);
        let mut fed = Fed::new(pixels, bins);
        let (mut counters, mut image) = (vec![0; pixels * bins], vec![0; pixels]);
        let mut state = 1_u32;
        for _ in 0..500_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (pixel, bin) = (
                (state >> 8) as usize % pixels,
                (state >> 20) as usize % bins,
            );
            let in_image = state & (1 << 7) != 0;
            fed.add(pixel, bin, in_image);
            counters[pixel * bins + bin] += 1;
            image[pixel] += u32::from(in_image);
        }
        assert_eq!(fed.counters(), counters);
        assert_eq!(fed.counters(), counters, "reading counts nothing twice");
        assert_eq!(fed.image, image);
    }

    #[test]
    fn events_of_nowhere_are_not_counted() {
        let mut fed = Fed::new(3, 4);
        let nowhere = fed.table.blocks().nowhere();
        for _ in 0..10_000 {
            fed.table.add(&[nowhere], &[7], &mut fed.image);
        }
        assert_eq!(fed.counters(), [0; 12]);
    }

    #[test]
    fn the_last_pixel_and_the_most_bins_fit() {
        for (pixels, bins) in [(1, 1), (7, 10_000), (2, MAX_BINS), (513, 100), (70_000, 1)] {
            let mut fed = Fed::new(pixels, bins);
            fed.add(pixels - 1, bins - 1, true);
            assert_eq!(fed.counters().last(), Some(&1), "{pixels} × {bins}");
            assert_eq!(fed.image.last(), Some(&1), "{pixels} × {bins}");
        }
    }

    #[test]
    fn a_counter_at_its_limit_stays_there_and_the_loss_is_told() {
        let mut fed = Fed::new(1, 1);
        fed.table.counters.values[0] = u32::MAX - 1;
        for _ in 0..3 {
            fed.add(0, 0, false);
        }
        assert_eq!(fed.counters(), [u32::MAX]);
        assert_eq!(fed.table.lost(), 2);
    }
}
