//! When layers are computed: the dirty ones of a grid together, while somebody looks at it, so often and no oftener.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use shared::id::{GridId, LayerId};
use tokio::sync::oneshot;

use super::controller::{Computed, PlottingController};
use super::data_service::PlotDataService;
use crate::session::SessionRegistry;

/// Ticks per second of one grid at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TickRate(f64);

impl TickRate {
    /// One tick per neutron pulse of the fastest sources: more cannot be seen.
    pub const MAX_HZ: f64 = 14.0;

    /// A rate within `0.1..=14` Hz; none outside.
    pub fn new(hertz: f64) -> Option<Self> {
        (0.1..=Self::MAX_HZ).contains(&hertz).then_some(Self(hertz))
    }

    fn interval(self) -> Duration {
        Duration::from_secs_f64(1.0 / self.0)
    }
}

impl Default for TickRate {
    fn default() -> Self {
        Self(5.0)
    }
}

/// Ticks grids, on a thread of its own.
#[derive(Debug)]
pub struct FrameClock {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    agenda: Mutex<Agenda>,
    changed: Condvar,
    plotting: Arc<PlottingController>,
    frames: PlotDataService,
    sessions: Arc<SessionRegistry>,
    rate: TickRate,
}

/// What there is to do.
#[derive(Debug, Default)]
struct Agenda {
    /// Dirty layers. They stay dirty until somebody looks at them.
    dirty: BTreeSet<LayerId>,
    /// The earliest next tick of a grid.
    due: BTreeMap<GridId, Instant>,
    /// Who waits for the next tick of a grid.
    waiting: Vec<(GridId, oneshot::Sender<()>)>,
    stopping: bool,
}

impl FrameClock {
    /// A clock that is not running yet.
    pub fn new(
        plotting: Arc<PlottingController>,
        frames: PlotDataService,
        sessions: Arc<SessionRegistry>,
        rate: TickRate,
    ) -> Self {
        Self {
            shared: Arc::new(Shared {
                agenda: Mutex::default(),
                changed: Condvar::new(),
                plotting,
                frames,
                sessions,
                rate,
            }),
        }
    }

    /// Starts ticking, until [`FrameClock::stop`].
    pub fn spawn(&self) -> std::io::Result<thread::JoinHandle<()>> {
        let shared = Arc::clone(&self.shared);
        thread::Builder::new()
            .name("frame-clock".to_owned())
            .spawn(move || shared.run())
    }

    /// Ends the thread after the tick it is in.
    pub fn stop(&self) {
        self.shared.lock().stopping = true;
        self.shared.changed.notify_all();
    }

    /// These layers show something that changed.
    pub fn mark_dirty(&self, layers: BTreeSet<LayerId>) {
        if !layers.is_empty() {
            self.shared.lock().dirty.extend(layers);
            self.shared.changed.notify_all();
        }
    }

    /// Somebody looks at a grid that nobody looked at: computes what is dirty there at once, and waits for it,
    /// but no longer than `at_most`.
    pub async fn reveal(&self, grid: GridId, at_most: Duration) {
        let (sender, ticked) = oneshot::channel();
        {
            let mut agenda = self.shared.lock();
            agenda.due.remove(&grid);
            agenda.waiting.push((grid, sender));
        }
        self.shared.changed.notify_all();
        // Too late is not an error: the frames come with the next wake.
        tokio::time::timeout(at_most, ticked).await.ok();
    }

    /// Computes what is dirty on a grid now, on this thread; for tests and benchmarks.
    pub fn tick(&self, grid: GridId) {
        let dirty = self.shared.take_dirty(grid);
        self.shared.tick(&dirty);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Agenda> {
        // Sets and maps stay whole whatever panics around them.
        self.agenda.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        loop {
            let now = Instant::now();
            let viewed = self.sessions.viewed_grids(now);
            let mut next = now + Duration::from_secs(1);
            for grid in viewed {
                let due = self.lock().due.get(&grid).copied().unwrap_or(now);
                if due > now {
                    next = next.min(due);
                    continue;
                }
                let dirty = self.take_dirty(grid);
                if !dirty.is_empty() {
                    self.lock().due.insert(grid, now + self.rate.interval());
                    self.tick(&dirty);
                }
            }
            if self.wait_until(next) {
                return;
            }
        }
    }

    /// Answers those who waited and sleeps until there may be something to do; true when it is time to stop.
    fn wait_until(&self, next: Instant) -> bool {
        let mut agenda = self.lock();
        if !agenda.waiting.is_empty() {
            let waiting = std::mem::take(&mut agenda.waiting);
            let viewed = self.sessions.viewed_grids(Instant::now());
            for (grid, sender) in waiting {
                // Whoever gave up waiting does not need to know.
                let unseen = !viewed.contains(&grid);
                if unseen || !self.is_dirty(&agenda, grid) {
                    sender.send(()).ok();
                } else {
                    agenda.waiting.push((grid, sender));
                }
            }
            if !agenda.waiting.is_empty() {
                return agenda.stopping;
            }
        }
        let now = Instant::now();
        let undue = agenda.dirty.is_empty() || next > now;
        if !agenda.stopping && undue {
            let timeout = next.saturating_duration_since(now);
            agenda = self
                .changed
                .wait_timeout(agenda, timeout)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        agenda.stopping
    }

    fn is_dirty(&self, agenda: &Agenda, grid: GridId) -> bool {
        self.frames
            .begin()
            .layers_of(grid)
            .any(|layer| agenda.dirty.contains(&layer))
    }

    fn take_dirty(&self, grid: GridId) -> Vec<LayerId> {
        let state = self.frames.begin();
        let mut agenda = self.lock();
        state
            .layers_of(grid)
            .filter(|layer| agenda.dirty.remove(layer))
            .collect()
    }

    fn tick(&self, dirty: &[LayerId]) {
        let begun = self.frames.begin();
        let results: Vec<_> = dirty
            .par_iter()
            .filter_map(|layer| {
                let computed = self.compute(*layer);
                PlotDataService::prepare(&begun, *layer, computed)
            })
            .collect();
        self.frames.commit(results);
    }

    /// A panicking plotter is that layer's error; the others do not notice.
    fn compute(&self, layer: LayerId) -> Computed {
        catch_unwind(AssertUnwindSafe(|| self.plotting.compute(layer))).unwrap_or_else(|_| {
            tracing::error!(%layer, "the plotter panicked");
            Computed::Failed(
                "the computation failed unexpectedly; the server's log has the cause".to_owned(),
            )
        })
    }
}
