//! The server's clock, passed in so that tests can set it.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use shared::time::TimeNs;

/// Tells the time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> TimeNs + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::new(|| {
            let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
            TimeNs(since_epoch.map_or(0, |span| span.as_nanos() as i64))
        })
    }

    /// A clock that asks `now`.
    pub fn new(now: impl Fn() -> TimeNs + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    pub fn now(&self) -> TimeNs {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({:?})", self.now())
    }
}
