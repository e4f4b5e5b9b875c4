//! How long work keeps this core busy, whatever else the machine does.

use rustix::time::{ClockId, clock_gettime};

/// Seconds of this thread on a core during `work`, and what it returned.
pub(crate) fn timed<R>(work: impl FnOnce() -> R) -> (f64, R) {
    let start_secs = on_cpu_secs();
    let result = work();
    (on_cpu_secs() - start_secs, result)
}

fn on_cpu_secs() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
