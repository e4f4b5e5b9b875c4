//! How a page tells the server that it shows nothing, so that the answer carries the right status.

use std::fmt;
use std::sync::Arc;

/// Called while rendering a page that does not exist; handed over by context, on the server alone.
#[derive(Clone)]
pub struct OnNotFound(Arc<dyn Fn() + Send + Sync>);

impl OnNotFound {
    /// Calls `tell` for such pages.
    pub fn new(tell: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(crate) fn tell(&self) {
        (self.0)();
    }
}

impl fmt::Debug for OnNotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnNotFound")
    }
}
