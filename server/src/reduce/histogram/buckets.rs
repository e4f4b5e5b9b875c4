//! Small things sorted into buckets, and handed on by the bucketful.

/// Items of all buckets together, as far as the limits of one allow: 4 MiB.
const ALL_BUCKETS_LEN: usize = 1 << 21;

/// Least and most items of one bucket. Long ones pay a visit to their block back more often, until all of
/// them together no longer fit the caches.
const BUCKET_LEN: (usize, usize) = (1024, 4096);

/// Buckets of equal size, never full between two calls.
#[derive(Clone, Debug)]
pub(super) struct Buckets {
    items: Vec<u16>,
    /// Items that fit a bucket.
    len: usize,
    /// Items in each bucket.
    waiting: Vec<u32>,
}

impl Buckets {
    /// `count` empty buckets.
    pub(super) fn new(count: usize) -> Self {
        let (least, most) = BUCKET_LEN;
        let len = (ALL_BUCKETS_LEN / count.max(1)).clamp(least, most);
        Self {
            items: vec![0; count * len],
            len,
            waiting: vec![0; count],
        }
    }

    /// Puts each item into its bucket; `full` gets the number and content of those that fill up.
    pub(super) fn push(
        &mut self,
        buckets: &[u32],
        items: &[u16],
        mut full: impl FnMut(usize, &[u16]),
    ) {
        // Locals, so that the compiler need not fear that a write moves what it reads next.
        let (all, waiting, len) = (&mut self.items[..], &mut self.waiting[..], self.len);
        for (bucket, item) in buckets.iter().zip(items) {
            let bucket = *bucket as usize;
            let before = &mut waiting[bucket];
            all[bucket * len + *before as usize] = *item;
            *before += 1;
            if *before as usize == len {
                *before = 0;
                full(bucket, &all[bucket * len..][..len]);
            }
        }
    }

    /// Hands on what waits, bucket by bucket.
    pub(super) fn empty(&mut self, mut waiting: impl FnMut(usize, &[u16])) {
        let buckets = self.items.chunks_exact(self.len).zip(&mut self.waiting);
        for (number, (bucket, count)) in buckets.enumerate() {
            waiting(number, &bucket[..std::mem::take(count) as usize]);
        }
    }
}
