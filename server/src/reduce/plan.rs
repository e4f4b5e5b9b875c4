//! A reduction that was checked, before it takes the memory that it needs.

use super::workflow::Reducer;

/// What a job will be, its parameters being good.
pub struct Plan {
    bytes: usize,
    make: Box<dyn FnOnce() -> Box<dyn Reducer>>,
}

impl Plan {
    /// A reducer whose tables take `bytes`; they are not made yet.
    pub(super) fn large<R: Reducer + 'static>(
        bytes: usize,
        make: impl FnOnce() -> R + 'static,
    ) -> Self {
        Self {
            bytes,
            make: Box::new(|| Box::new(make())),
        }
    }

    /// A reducer whose memory is not worth counting.
    pub(super) fn small<R: Reducer + 'static>(reducer: R) -> Self {
        Self::large(0, || reducer)
    }

    /// Bytes that its tables take.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Makes the tables and what fills them.
    pub fn make(self) -> Box<dyn Reducer> {
        (self.make)()
    }
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan")
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}
