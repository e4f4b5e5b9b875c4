//! What the frame clock has to do, and when. No thread, no clock, nothing computed: the time and who looks at what
//! are passed in, so that every order of events can be tested.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use shared::id::{GridId, LayerId};
use tokio::sync::oneshot;

/// What there is to do.
#[derive(Debug)]
pub(super) struct Agenda {
    /// Time between two ticks of one grid at least.
    interval: Duration,
    /// Layers that show something that changed. They stay dirty until somebody looks at them.
    dirty: BTreeSet<LayerId>,
    /// The layers of the tick that is running.
    computing: BTreeSet<LayerId>,
    /// The earliest next tick of grids that had one.
    due: BTreeMap<GridId, Instant>,
    waiting: Vec<Waiter>,
}

/// A call that waits until these layers were computed.
#[derive(Debug)]
struct Waiter {
    layers: BTreeSet<LayerId>,
    done: oneshot::Sender<()>,
}

/// A layer that somebody begins to look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) layer: LayerId,
    pub(super) grid: GridId,
    pub(super) has_frame: bool,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Compute these layers of one grid, then call [`Agenda::finish`].
    Tick(Vec<LayerId>),
    /// Nothing to do for so long, unless the agenda changes.
    Sleep(Duration),
}

impl Agenda {
    /// The longest sleep; nothing depends on it.
    pub(super) const IDLE: Duration = Duration::from_secs(1);

    /// Nothing to do, and no grid oftener than once per `interval`.
    pub(super) fn new(interval: Duration) -> Self {
        Self {
            interval,
            dirty: BTreeSet::new(),
            computing: BTreeSet::new(),
            due: BTreeMap::new(),
            waiting: Vec::new(),
        }
    }

    /// These layers show something that changed.
    pub(super) fn mark(&mut self, layers: impl IntoIterator<Item = LayerId>) {
        self.dirty.extend(layers);
    }

    /// These layers are gone: nobody will look at them again.
    pub(super) fn forget(&mut self, layers: impl IntoIterator<Item = LayerId>) {
        for layer in layers {
            self.dirty.remove(&layer);
        }
    }

    /// Forgets layers of which `is_there` does not know: results that were on their way may mark a layer after it was
    /// forgotten.
    pub(super) fn prune(&mut self, is_there: impl Fn(LayerId) -> bool) {
        self.dirty.retain(|layer| is_there(*layer));
    }

    /// Decides what to do at `now`, when somebody looks at the grids `viewed`, each with its layers. Of several
    /// grids that are due, the one that has waited longest comes first.
    pub(super) fn next(&mut self, now: Instant, viewed: &BTreeMap<GridId, Vec<LayerId>>) -> Step {
        self.due
            .retain(|grid, due| *due > now || viewed.contains_key(grid));
        let dirty = viewed
            .iter()
            .filter(|(_, layers)| layers.iter().any(|layer| self.dirty.contains(layer)));
        let first = dirty
            .map(|(grid, layers)| (self.due.get(grid).copied(), *grid, layers))
            .min_by_key(|(due, grid, _)| (*due, *grid));
        let Some((due, grid, layers)) = first else {
            return Step::Sleep(Self::IDLE);
        };
        let left = due.map_or(Duration::ZERO, |due| due.saturating_duration_since(now));
        if !left.is_zero() {
            return Step::Sleep(left.min(Self::IDLE));
        }
        self.due.insert(grid, now + self.interval);
        let taken = layers.iter().filter(|layer| self.dirty.remove(layer));
        let taken: Vec<LayerId> = taken.copied().collect();
        self.computing = taken.iter().copied().collect();
        Step::Tick(taken)
    }

    /// The tick is committed but for the frames `refused`, whose layers changed meanwhile: answers those who waited
    /// for it.
    pub(super) fn finish(&mut self, refused: impl IntoIterator<Item = LayerId>) {
        let done = std::mem::take(&mut self.computing);
        self.dirty.extend(refused);
        for mut waiter in std::mem::take(&mut self.waiting) {
            waiter.layers.retain(|layer| !done.contains(layer));
            if waiter.layers.is_empty() {
                // Whoever gave up waiting does not need to know.
                waiter.done.send(()).ok();
            } else if !waiter.done.is_closed() {
                self.waiting.push(waiter);
            }
        }
    }

    /// Somebody looks at `wanted`. Where that is worth waiting for, says when the pictures are there: a picture is
    /// missing, or nobody looked before (`newly_viewed`) and it is outdated. A tick that may not begin within
    /// `patience` is not waited for.
    pub(super) fn look(
        &mut self,
        wanted: &[Wanted],
        newly_viewed: bool,
        now: Instant,
        patience: Duration,
    ) -> Option<oneshot::Receiver<()>> {
        if newly_viewed {
            // What is computed may have been edited while nobody looked.
            let missing = wanted.iter().filter(|it| !it.has_frame);
            self.dirty.extend(missing.map(|it| it.layer));
        }
        let comes = |it: &&Wanted| {
            let due = self.due.get(&it.grid);
            let soon = due.is_none_or(|due| *due <= now + patience);
            self.computing.contains(&it.layer) || (soon && self.dirty.contains(&it.layer))
        };
        let awaited = wanted.iter().filter(|it| newly_viewed || !it.has_frame);
        let layers: BTreeSet<LayerId> = awaited.filter(comes).map(|it| it.layer).collect();
        if layers.is_empty() {
            return None;
        }
        let (done, receiver) = oneshot::channel();
        self.waiting.retain(|waiter| !waiter.done.is_closed());
        self.waiting.push(Waiter { layers, done });
        Some(receiver)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TICK: Duration = Duration::from_millis(200);
    const PATIENCE: Duration = Duration::from_millis(50);

    struct World {
        agenda: Agenda,
        grid: GridId,
        layers: Vec<LayerId>,
        start: Instant,
    }

    impl World {
        fn new() -> Self {
            Self {
                agenda: Agenda::new(TICK),
                grid: GridId::derived("a"),
                layers: vec![LayerId::derived("a/0"), LayerId::derived("a/1")],
                start: Instant::now(),
            }
        }

        fn next(&mut self, after_ms: u64) -> Step {
            let viewed = BTreeMap::from([(self.grid, self.layers.clone())]);
            self.agenda.next(self.at(after_ms), &viewed)
        }

        fn at(&self, after_ms: u64) -> Instant {
            self.start + Duration::from_millis(after_ms)
        }

        fn look(
            &mut self,
            (layer, has_frame): (usize, bool),
            newly_viewed: bool,
            after_ms: u64,
        ) -> Option<oneshot::Receiver<()>> {
            let wanted = Wanted {
                layer: self.layers[layer],
                grid: self.grid,
                has_frame,
            };
            let now = self.at(after_ms);
            self.agenda.look(&[wanted], newly_viewed, now, PATIENCE)
        }
    }

    #[test]
    fn what_changes_during_a_tick_is_computed_at_the_next_due_time() {
        let mut world = World::new();
        let [a, b] = [world.layers[0], world.layers[1]];
        world.agenda.mark([a]);
        assert_eq!(world.next(0), Step::Tick(vec![a]));
        world.agenda.mark([a, b]);
        world.agenda.finish([]);
        assert_eq!(world.next(30), Step::Sleep(Duration::from_millis(170)));
        assert_eq!(world.next(200), Step::Tick(vec![a, b]));
        world.agenda.finish([]);
        assert_eq!(world.next(201), Step::Sleep(Agenda::IDLE));
    }

    #[test]
    fn marking_without_end_gives_one_tick_per_interval() {
        let mut world = World::new();
        let layer = world.layers[0];
        let ticks = (0..2_000).filter(|ms| {
            world.agenda.mark([layer]);
            let ticked = matches!(world.next(*ms), Step::Tick(_));
            world.agenda.finish([]);
            ticked
        });
        assert_eq!(ticks.count(), 10);
    }

    #[test]
    fn a_slow_grid_does_not_starve_the_others() {
        let mut agenda = Agenda::new(TICK);
        let grids = ["a", "b"].map(|name| (GridId::derived(name), vec![LayerId::derived(name)]));
        let viewed = BTreeMap::from(grids);
        let layers: Vec<LayerId> = viewed.values().flatten().copied().collect();
        let start = Instant::now();
        let mut ticked = Vec::new();
        for round in 0..4 {
            agenda.mark(layers.clone());
            // Each tick takes longer than the interval.
            match agenda.next(start + round * 3 * TICK, &viewed) {
                Step::Tick(layers) => ticked.extend(layers),
                Step::Sleep(_) => panic!("something is due"),
            }
            agenda.finish([]);
        }
        assert_eq!(ticked, [layers[0], layers[1], layers[0], layers[1]]);
    }

    #[test]
    fn marks_of_layers_that_are_gone_do_not_pile_up() {
        let mut world = World::new();
        let [a, b] = [world.layers[0], world.layers[1]];
        world.agenda.mark([a, b]);
        world.agenda.prune(|layer| layer == a);
        assert_eq!(world.next(0), Step::Tick(vec![a]));
        assert!(world.agenda.dirty.is_empty());
    }

    #[test]
    fn hidden_layers_stay_dirty_and_cost_nothing() {
        let mut world = World::new();
        world.agenda.mark([world.layers[0]]);
        let nobody = BTreeMap::new();
        let now = world.start;
        assert_eq!(world.agenda.next(now, &nobody), Step::Sleep(Agenda::IDLE));
        assert_eq!(world.next(1), Step::Tick(vec![world.layers[0]]));
    }

    #[test]
    fn who_waits_is_answered_by_the_tick_and_does_not_keep_the_clock_busy() {
        let mut world = World::new();
        world.agenda.mark([world.layers[0]]);
        world.next(0);
        world.agenda.finish([]);
        // A new layer has data, while the grid's next tick lies ahead.
        world.agenda.mark([world.layers[1]]);
        let mut waiter = world.look((1, false), false, 170).expect("it is missing");
        assert_eq!(world.next(170), Step::Sleep(Duration::from_millis(30)));
        assert_eq!(world.next(200), Step::Tick(vec![world.layers[1]]));
        assert!(waiter.try_recv().is_err());
        // It changes again while it is computed: the waiter still gets this picture.
        world.agenda.mark([world.layers[1]]);
        world.agenda.finish([]);
        assert_eq!(waiter.try_recv(), Ok(()));
    }

    #[test]
    fn a_page_that_opens_during_the_tick_of_another_waits_for_its_pictures() {
        let mut world = World::new();
        world.agenda.mark([world.layers[0]]);
        world.next(0);
        let mut second = world.look((0, false), false, 10).expect("it is computed");
        world.agenda.finish([]);
        assert_eq!(second.try_recv(), Ok(()));
    }

    #[test]
    fn what_is_there_or_cannot_come_soon_is_not_waited_for() {
        let mut world = World::new();
        assert!(world.look((0, false), false, 0).is_none(), "it has no data");
        world.agenda.mark([world.layers[0]]);
        assert!(world.look((0, true), false, 0).is_none(), "others look");
        assert!(world.look((0, true), true, 0).is_some(), "it is outdated");
        world.next(0);
        world.agenda.finish([]);
        world.agenda.mark([world.layers[0]]);
        assert!(world.look((0, true), true, 100).is_none(), "due in 100 ms");
        assert!(world.look((0, true), true, 150).is_some(), "due in 50 ms");
    }

    #[test]
    fn those_who_gave_up_are_forgotten() {
        let mut world = World::new();
        for _ in 0..100 {
            drop(world.look((0, false), true, 0));
        }
        assert_eq!(world.agenda.waiting.len(), 1);
        world.agenda.finish([]);
        assert_eq!(world.agenda.waiting.len(), 0);
    }

    #[test]
    fn a_refused_frame_is_computed_again() {
        let mut world = World::new();
        world.agenda.mark([world.layers[0]]);
        world.next(0);
        world.agenda.finish([world.layers[0]]);
        assert_eq!(world.next(200), Step::Tick(vec![world.layers[0]]));
    }
}
