//! The time of day, passed in so that tests need not wait for it.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::StopToken;

/// Tells the time and waits for it.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The time of day in ns since the Unix epoch.
    fn now_ns(&self) -> i64;

    /// Waits until `time_ns` or until `stop`; may return early, so the caller asks for the time again.
    fn wait_until(&self, time_ns: i64, stop: &StopToken);
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ns(&self) -> i64 {
        // Before 1970 or past 2262 the clock is wrong anyway; the nearest end is as good.
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| {
            i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
        })
    }

    fn wait_until(&self, time_ns: i64, stop: &StopToken) {
        let left_ns = time_ns.saturating_sub(self.now_ns()).max(0);
        stop.wait(Duration::from_nanos(left_ns as u64));
    }
}

/// A clock that moves when a test says so.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<(Mutex<i64>, Condvar)>);

/// How soon a wait on a manual clock notices that it was stopped.
const STOP_CHECK: Duration = Duration::from_millis(5);

impl ManualClock {
    /// A clock that shows `now_ns` until it is set.
    pub fn new(now_ns: i64) -> Self {
        Self(Arc::new((Mutex::new(now_ns), Condvar::new())))
    }

    /// Moves the clock and wakes those whose time has come.
    pub fn set(&self, now_ns: i64) {
        *self.lock() = now_ns;
        self.0.1.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, i64> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ManualClock {
    fn now_ns(&self) -> i64 {
        *self.lock()
    }

    fn wait_until(&self, time_ns: i64, stop: &StopToken) {
        let mut now = self.lock();
        while *now < time_ns && !stop.is_stopped() {
            let waited = self.0.1.wait_timeout(now, STOP_CHECK);
            now = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
