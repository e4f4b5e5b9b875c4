//! The table of counters, pixel by time of flight, filled block by block.
//!
//! A random increment into a table larger than the caches costs a trip to memory. So events are first
//! sorted into buckets, one per block of the table, as 16-bit positions inside the block; a full bucket
//! is counted at once, while its block stays in the nearest caches.
//!
//! The sizes below were measured: 32 KiB blocks were fastest at 128² and 512² pixels with 100 bins. Long
//! buckets meet a cached counter more often, until all buckets together no longer fit the caches.

/// Counters of a block, unless a single pixel has more: 32 KiB. Positions inside must fit 16 bits.
const BLOCK_COUNTERS: usize = 1 << 13;

/// Events of all buckets together, as far as the limits of one allow: 8 MiB.
const ALL_BUCKETS_EVENTS: usize = 1 << 22;

/// Least and most events of one bucket.
const BUCKET_EVENTS: (usize, usize) = (1024, 8192);

/// Counters per pixel and bin; they saturate at `u32::MAX`, and what is lost so is counted.
#[derive(Clone, Debug)]
pub(super) struct Table {
    bins: u32,
    /// A block holds `1 << pixel_shift` pixels.
    pixel_shift: u32,
    block_counters: usize,
    counters: Vec<u32>,
    buckets: Vec<u16>,
    /// Events that fit a bucket.
    bucket_events: usize,
    /// Events waiting in each bucket, fewer than fit.
    waiting: Vec<u32>,
    lost: u64,
}

impl Table {
    /// All zero; `bins` is at most 65,536.
    pub(super) fn new(pixel_count: usize, bins: usize) -> Self {
        let pixel_shift = (BLOCK_COUNTERS / bins.max(1)).max(1).ilog2();
        let blocks = pixel_count.div_ceil(1 << pixel_shift);
        let (least, most) = BUCKET_EVENTS;
        let bucket_events = (ALL_BUCKETS_EVENTS / blocks.max(1)).clamp(least, most);
        Self {
            bins: bins as u32,
            pixel_shift,
            block_counters: bins << pixel_shift,
            counters: vec![0; pixel_count * bins],
            buckets: vec![0; blocks * bucket_events],
            bucket_events,
            waiting: vec![0; blocks],
            lost: 0,
        }
    }

    /// Counts one event; `pixel` and `bin` are known to lie inside.
    #[inline]
    pub(super) fn add(&mut self, pixel: u32, bin: u32) {
        let block = (pixel >> self.pixel_shift) as usize;
        let in_block = pixel & ((1 << self.pixel_shift) - 1);
        let waiting = self.waiting[block] as usize;
        self.buckets[block * self.bucket_events + waiting] = (in_block * self.bins + bin) as u16;
        self.waiting[block] = waiting as u32 + 1;
        if waiting + 1 == self.bucket_events {
            self.empty(block);
        }
    }

    /// All counters, row-major `(pixel, bin)`, waiting events included.
    pub(super) fn counters(&mut self) -> &[u32] {
        for block in 0..self.waiting.len() {
            self.empty(block);
        }
        &self.counters
    }

    /// Events that met a counter at its limit.
    pub(super) fn lost(&self) -> u64 {
        self.lost
    }

    #[inline(never)]
    fn empty(&mut self, block: usize) {
        let start = block * self.block_counters;
        let end = self.counters.len().min(start + self.block_counters);
        let counters = &mut self.counters[start..end];
        let bucket = &self.buckets[block * self.bucket_events..][..self.waiting[block] as usize];
        for position in bucket {
            let counter = &mut counters[usize::from(*position)];
            if *counter == u32::MAX {
                self.lost += 1;
            } else {
                *counter += 1;
            }
        }
        self.waiting[block] = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_buckets_and_waiting_events_are_counted_once() {
        let (pixels, bins) = (3000, 100);
        let mut table = Table::new(pixels, bins);
        let mut expected = vec![0; pixels * bins];
        let mut state = 1_u32;
        for _ in 0..500_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (pixel, bin) = ((state >> 8) % pixels as u32, (state >> 20) % bins as u32);
            table.add(pixel, bin);
            expected[pixel as usize * bins + bin as usize] += 1;
        }
        assert_eq!(table.counters(), expected);
        assert_eq!(table.counters(), expected, "reading counts nothing twice");
    }

    #[test]
    fn the_last_pixel_and_the_most_bins_fit() {
        for (pixels, bins) in [(1, 1), (7, 10_000), (513, 100), (70_000, 1)] {
            let mut table = Table::new(pixels, bins);
            table.add(pixels as u32 - 1, bins as u32 - 1);
            assert_eq!(table.counters().last(), Some(&1), "{pixels} × {bins}");
        }
    }

    #[test]
    fn a_counter_at_its_limit_stays_there_and_the_loss_is_told() {
        let mut table = Table::new(1, 1);
        table.counters[0] = u32::MAX - 1;
        for _ in 0..3 {
            table.add(0, 0);
        }
        assert_eq!(table.counters(), [u32::MAX]);
        assert_eq!(table.lost(), 2);
    }
}
