//! What the pages ask of the server while it renders them; implemented there, handed over by context.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::snapshot::Snapshot;

/// The server as the pages see it.
pub trait Backend: Send + Sync {
    /// Everything a page starts from, taken from one published state.
    fn snapshot(&self) -> Snapshot;
}

/// A shared [`Backend`], as it travels by context.
#[derive(Clone)]
pub struct BackendHandle(Arc<dyn Backend>);

impl BackendHandle {
    /// Shares `backend`.
    pub fn new(backend: impl Backend + 'static) -> Self {
        Self(Arc::new(backend))
    }
}

impl Deref for BackendHandle {
    type Target = dyn Backend;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl fmt::Debug for BackendHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackendHandle")
    }
}
