//! When layers are computed: the dirty ones of a grid together, while somebody looks at it, so often and no oftener.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use shared::id::{GridId, LayerId};
use shared::sync::state::SharedState;

use super::agenda::{Agenda, Step, Wanted};
use super::controller::{Computed, PlottingController};
use super::data_service::{LayerResult, PlotDataService};
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
    /// A little more than jobs publish by default (two pulses of 14 Hz): a tick that was late once can catch up.
    fn default() -> Self {
        Self(8.0)
    }
}

/// Ticks grids, on a thread of its own.
#[derive(Debug)]
pub struct FrameClock {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug)]
struct Shared {
    inner: Mutex<Inner>,
    changed: Condvar,
    plotting: Arc<PlottingController>,
    frames: PlotDataService,
    sessions: Arc<SessionRegistry>,
}

#[derive(Debug)]
struct Inner {
    agenda: Agenda,
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
                inner: Mutex::new(Inner {
                    agenda: Agenda::new(rate.interval()),
                    stopping: false,
                }),
                changed: Condvar::new(),
                plotting,
                frames,
                sessions,
            }),
            thread: Mutex::default(),
        }
    }

    /// Starts ticking, until [`FrameClock::stop`].
    pub fn spawn(&self) -> std::io::Result<()> {
        let shared = Arc::clone(&self.shared);
        let thread = thread::Builder::new()
            .name("frame-clock".to_owned())
            .spawn(move || shared.run())?;
        *self.thread.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread);
        Ok(())
    }

    /// True while the thread is there: layers are computed.
    pub fn is_running(&self) -> bool {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// Ends the thread after the tick it is in.
    pub fn stop(&self) {
        self.shared.lock().stopping = true;
        self.shared.changed.notify_all();
    }

    /// These layers show something that changed.
    pub fn mark_dirty(&self, layers: BTreeSet<LayerId>) {
        if !layers.is_empty() {
            self.shared.lock().agenda.mark(layers);
            self.shared.changed.notify_all();
        }
    }

    /// These layers are gone.
    pub fn forget(&self, layers: impl IntoIterator<Item = LayerId>) {
        self.shared.lock().agenda.forget(layers);
    }

    /// Somebody looks at the layers `wanted`, on grids that nobody looked at before when `newly_viewed`. Pictures
    /// that are missing, or outdated because nobody looked, are computed and waited for, but no longer than
    /// `patience`.
    pub async fn reveal(&self, wanted: &[LayerId], newly_viewed: bool, patience: Duration) {
        let awaited = self.shared.look(wanted, newly_viewed, patience);
        // Whoever is new to a grid may be the one that its dirty layers have waited for.
        self.shared.changed.notify_all();
        if let Some(computed) = awaited {
            // Too late is not an error: the frames come with the next wake.
            tokio::time::timeout(patience, computed).await.ok();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Sets and maps stay whole whatever panics around them.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(
        &self,
        wanted: &[LayerId],
        newly_viewed: bool,
        patience: Duration,
    ) -> Option<tokio::sync::oneshot::Receiver<()>> {
        let mut inner = self.lock();
        let state = self.frames.begin();
        let wanted: Vec<Wanted> = wanted
            .iter()
            .filter_map(|layer| wanted_in(&state, *layer))
            .collect();
        let now = Instant::now();
        inner.agenda.look(&wanted, newly_viewed, now, patience)
    }

    /// The decision to sleep and the sleep are under one lock, so that nothing is marked between them unheard.
    fn run(&self) {
        let mut inner = self.lock();
        while !inner.stopping {
            let now = Instant::now();
            let viewed = self.viewed(now);
            match inner.agenda.next(now, &viewed) {
                Step::Tick(layers) => {
                    drop(inner);
                    let refused = self.tick(&layers);
                    inner = self.lock();
                    inner.agenda.finish(refused);
                    let state = self.frames.begin();
                    inner.agenda.prune(|layer| state.layer(layer).is_some());
                }
                Step::Sleep(span) => {
                    let slept = self.changed.wait_timeout(inner, span);
                    inner = slept.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }

    /// The grids that somebody looks at, with the layers to compute: hidden ones only for those who ask for them.
    fn viewed(&self, now: Instant) -> BTreeMap<GridId, Vec<LayerId>> {
        let state = self.frames.begin();
        let grids = self.sessions.viewed_grids(now).into_iter();
        let mut viewed: BTreeMap<GridId, Vec<LayerId>> = grids
            .map(|grid| (grid, state.shown_layers_of(grid).collect()))
            .collect();
        for layer in self.sessions.asked_layers() {
            if let Some(grid) = state.grid_of(layer) {
                viewed.entry(grid).or_default().push(layer);
            }
        }
        viewed
    }

    /// Computes and commits `layers`; returns those whose frames were refused, since they changed meanwhile.
    fn tick(&self, layers: &[LayerId]) -> Vec<LayerId> {
        let begun = self.frames.begin();
        let results: Vec<LayerResult> = layers
            .par_iter()
            .filter_map(|layer| prepare(&begun, *layer, || self.plotting.compute(*layer)))
            .collect();
        let committed = catch_unwind(AssertUnwindSafe(|| self.frames.commit(results)));
        committed.unwrap_or_else(|_| {
            tracing::error!("a tick could not be committed");
            let failed = || layers.iter().filter_map(|layer| failed(&begun, *layer));
            let errors = AssertUnwindSafe(|| self.frames.commit(failed().collect()));
            catch_unwind(errors).unwrap_or_default()
        })
    }
}

fn wanted_in(state: &SharedState, layer: LayerId) -> Option<Wanted> {
    Some(Wanted {
        layer,
        grid: state.grid_of(layer)?,
        has_frame: state
            .frames_of(layer)
            .is_some_and(|slot| slot.current().is_some()),
    })
}

/// Computes and encodes one layer. A panic in either is that layer's error; the others do not notice.
fn prepare(
    begun: &SharedState,
    layer: LayerId,
    compute: impl FnOnce() -> Computed,
) -> Option<LayerResult> {
    let work = || PlotDataService::prepare(begun, layer, compute());
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        tracing::error!(%layer, "the plotter panicked");
        failed(begun, layer)
    })
}

fn failed(begun: &SharedState, layer: LayerId) -> Option<LayerResult> {
    let text = "the computation failed unexpectedly; the server's log has the cause";
    PlotDataService::prepare(begun, layer, Computed::Failed(text.to_owned()))
}

#[cfg(test)]
mod tests;
