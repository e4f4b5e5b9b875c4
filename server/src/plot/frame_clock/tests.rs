//! The thread around the agenda: that it hears of what is marked, survives panics and ends.

use shared::layer_state::LayerPhase;
use shared::object::{Object, ObjectId};
use shared::sync::state::{Limits, Transaction};
use shared::topology::Layer;
use shared::version::Epoch;

use super::*;
use crate::clock::Clock;
use crate::plot::samples;
use crate::results::{Budget, DataService};
use crate::session::Look;
use crate::state::Committer;

fn look<'a>(grids: &'a [GridId], asked: &'a [LayerId]) -> Look<'a> {
    Look {
        grids,
        asked,
        name: None,
    }
}

struct World {
    committer: Arc<Committer>,
    sessions: Arc<SessionRegistry>,
    clock: FrameClock,
    grid: GridId,
    layer: LayerId,
}

impl World {
    /// A grid with one layer whose plotter does not exist: computing it is its error.
    fn new() -> Self {
        let state = SharedState::new(Epoch::random(), 0);
        let committer = Committer::new(state, Limits::default(), Clock::system());
        let committer = Arc::new(committer);
        let (grid, layer) = (GridId::random(), LayerId::random());
        committer.commit(|_| samples::waiting_layer(grid, layer, "no such"));
        let data = Arc::new(DataService::new(Budget::default()));
        let plotting = Arc::new(PlottingController::new(Arc::clone(&committer), data));
        let frames = PlotDataService::new(Arc::clone(&committer));
        let sessions = Arc::new(SessionRegistry::default());
        let rate = TickRate::default();
        Self {
            clock: FrameClock::new(plotting, frames, Arc::clone(&sessions), rate),
            committer,
            sessions,
            grid,
            layer,
        }
    }

    fn phase(&self) -> LayerPhase {
        let state = self.committer.read();
        match state.object(&ObjectId::LayerState(self.layer)) {
            Some((_, object)) => match &**object {
                Object::LayerState(found) => found.phase.clone(),
                other => panic!("{other:?}"),
            },
            None => panic!("no state"),
        }
    }

    fn set_hidden(&self, hidden: bool) {
        self.committer.commit(|state| {
            let object = state.object(&ObjectId::Layer(self.layer));
            let Some(Object::Layer(layer)) = object.map(|(_, object)| &**object) else {
                panic!("no layer");
            };
            let layer = Layer {
                hidden,
                ..layer.clone()
            };
            let mut transaction = Transaction::new();
            transaction.upsert(Object::Layer(layer));
            transaction
        });
    }

    fn is_waiting(&self) -> bool {
        self.phase() == LayerPhase::Waiting
    }
}

/// Waits for another thread, which needs no longer than a moment.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(5);
    while !is_so() {
        assert!(Instant::now() < deadline, "waited too long until {what}");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_marked_layer_is_computed_while_somebody_looks_and_the_thread_ends() {
    let world = World::new();
    assert!(!world.clock.is_running());
    world.clock.spawn().expect("a thread can be started");
    world.clock.mark_dirty(BTreeSet::from([world.layer]));
    assert!(world.is_waiting(), "nobody looks");
    let session = shared::id::SessionId::random();
    let looked = world
        .sessions
        .handle_sync(session, look(&[world.grid], &[]), Instant::now());
    assert_eq!(looked, Ok(true));
    world.clock.mark_dirty(BTreeSet::from([world.layer]));
    until("it is computed", || !world.is_waiting());
    assert!(world.clock.is_running());
    world.clock.stop();
    until("the thread ends", || !world.clock.is_running());
}

#[test]
fn a_hidden_layer_waits_until_it_is_asked_for_or_shown() {
    let world = World::new();
    let now = Instant::now();
    let layers_viewed = || {
        world
            .clock
            .shared
            .viewed(now)
            .into_values()
            .flatten()
            .count()
    };
    let session = shared::id::SessionId::random();
    let look = |asked: &[LayerId]| {
        world
            .sessions
            .handle_sync(session, look(&[world.grid], asked), now)
    };
    look(&[]).expect("there is room");
    assert_eq!(layers_viewed(), 1);
    world.set_hidden(true);
    assert_eq!(layers_viewed(), 0);
    look(&[world.layer]).expect("there is room");
    assert_eq!(layers_viewed(), 1);
    look(&[]).expect("there is room");
    assert_eq!(layers_viewed(), 0);
    world.set_hidden(false);
    assert_eq!(layers_viewed(), 1);
}

#[tokio::test]
async fn a_look_brings_what_was_dirty_before_it() {
    let world = World::new();
    world.clock.spawn().expect("a thread can be started");
    world.clock.mark_dirty(BTreeSet::from([world.layer]));
    let session = shared::id::SessionId::random();
    world
        .sessions
        .handle_sync(session, look(&[world.grid], &[]), Instant::now())
        .expect("there is room");
    let patience = Duration::from_secs(5);
    world.clock.reveal(&[world.layer], true, patience).await;
    assert!(!world.is_waiting());
    world.clock.stop();
}

#[test]
fn a_panic_is_the_layers_error() {
    let world = World::new();
    let begun = world.committer.read();
    let result = prepare(&begun, world.layer, || panic!("a bug in a plotter"));
    let results = vec![result.expect("the layer exists")];
    world.clock.shared.frames.commit(results);
    let LayerPhase::Error { message } = world.phase() else {
        panic!("{:?}", world.phase());
    };
    assert!(message.contains("failed unexpectedly"), "{message}");
}
