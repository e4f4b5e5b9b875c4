//! Events in pieces that stay in the first-level cache, copied once from the message.

use crate::wire::I32s;

/// Events per piece: times, pixels and what is computed of them fit 32 KiB.
pub(super) const CHUNK: usize = 1024;

/// Reused space for one piece of a vector of events.
#[derive(Clone, Debug)]
pub(super) struct Chunk(Box<[i32; CHUNK]>);

impl Chunk {
    pub(super) fn new() -> Self {
        Self(Box::new([0; CHUNK]))
    }

    /// The elements `start..` of `values`, at most [`CHUNK`] of them.
    #[inline]
    pub(super) fn load(&mut self, values: &I32s<'_>, start: usize) -> &[i32] {
        let piece = values.slice(start..start + CHUNK);
        let loaded = &mut self.0[..piece.len()];
        bytemuck::cast_slice_mut(loaded).copy_from_slice(piece.as_bytes());
        loaded
    }
}
