//! Stores what a tick computed: all of it under one revision.

use std::sync::Arc;

use shared::id::LayerId;
use shared::layer_state::{LayerPhase, LayerState};
use shared::object::Object;
use shared::sync::state::{PreparedFrame, SharedState, Transaction};
use shared::version::Revision;

use super::controller::Computed;
use crate::state::Committer;

/// The one writer of frames.
#[derive(Debug)]
pub struct PlotDataService {
    committer: Arc<Committer>,
}

/// One layer of a tick, encoded and ready to commit.
#[derive(Debug)]
pub(super) struct LayerResult {
    layer: LayerId,
    /// What the layer had been cleared by when its inputs were read; another one by now makes all of this outdated.
    barrier: Revision,
    frame: Option<PreparedFrame>,
    phase: LayerPhase,
    /// How often the layer's data are published, ns of data time.
    interval_ns: Option<i64>,
}

impl PlotDataService {
    /// A service that writes to `committer`.
    pub fn new(committer: Arc<Committer>) -> Self {
        Self { committer }
    }

    /// Takes the state to compute a layer against: its barrier tells later whether the inputs were still valid.
    pub(super) fn begin(&self) -> Arc<SharedState> {
        self.committer.read()
    }

    /// Encodes what was computed for `layer` since `begun`: the costly part, before the commit.
    pub(super) fn prepare(
        begun: &SharedState,
        layer: LayerId,
        computed: Computed,
    ) -> Option<LayerResult> {
        let slot = begun.frames_of(layer)?;
        let result = |frame, phase, interval_ns| LayerResult {
            layer,
            barrier: slot.barrier(),
            frame,
            phase,
            interval_ns,
        };
        Some(match computed {
            Computed::Waiting => result(None, LayerPhase::Waiting, None),
            Computed::Failed(message) => result(None, LayerPhase::Error { message }, None),
            Computed::Frame { frame, interval_ns } => {
                let frame = slot.prepare(layer, frame);
                if let Some(frame) = frame.as_ref().filter(|frame| frame.link_len().is_none()) {
                    // Without a difference everybody who looks needs it whole: it is encoded here, not by an answer.
                    frame.whole();
                }
                result(frame, LayerPhase::Live, interval_ns)
            }
        })
    }

    /// Commits a tick. Of layers that were cleared since the tick began, by an edit or a new generation, nothing is
    /// taken, neither frame nor phase; they are returned.
    pub(super) fn commit(&self, results: Vec<LayerResult>) -> Vec<LayerId> {
        let mut refused = Vec::new();
        self.committer.commit(|state| {
            let mut transaction = Transaction::new();
            for result in results {
                let Some(slot) = state.frames_of(result.layer) else {
                    continue;
                };
                if slot.barrier() == result.barrier {
                    store(state, &mut transaction, result);
                } else {
                    refused.push(result.layer);
                }
            }
            transaction
        });
        refused
    }
}

fn store(state: &SharedState, transaction: &mut Transaction, result: LayerResult) {
    if let Some(known) = state.layer_state(result.layer) {
        // A layer whose jobs ended stays stopped, whatever becomes of its last picture, until a job starts.
        let phase = match known.phase {
            LayerPhase::Stopped => LayerPhase::Stopped,
            _ => result.phase,
        };
        transaction.upsert(Object::LayerState(LayerState {
            id: result.layer,
            phase,
            interval_ns: interval_ns(known.interval_ns, result.interval_ns),
        }));
    }
    if let Some(frame) = result.frame {
        transaction.frame(frame);
    }
}

/// The publishing interval to tell, anew only when it is off by more than a factor of two either way: it serves to
/// judge silence, and every change of it is a commit that all sessions hear of.
fn interval_ns(known: Option<i64>, measured: Option<i64>) -> Option<i64> {
    match (known, measured) {
        (known, None) => known,
        (Some(known), Some(measured))
            if measured <= known.saturating_mul(2) && measured >= known / 2 =>
        {
            Some(known)
        }
        (_, measured) => measured,
    }
}

#[cfg(test)]
mod tests {
    use shared::data::{Coord, Unit, Values};
    use shared::id::GridId;
    use shared::object::ObjectId;
    use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Quantity, Series};
    use shared::sync::state::Limits;
    use shared::version::Epoch;

    use super::*;
    use crate::clock::Clock;
    use crate::plot::samples;

    struct World {
        committer: Arc<Committer>,
        service: PlotDataService,
        layer: LayerId,
    }

    impl World {
        fn new() -> Self {
            let state = SharedState::new(Epoch::random(), 0);
            let committer = Committer::new(state, Limits::default(), Clock::system());
            let committer = Arc::new(committer);
            let world = Self {
                service: PlotDataService::new(Arc::clone(&committer)),
                committer,
                layer: LayerId::random(),
            };
            let arranged = samples::waiting_layer(GridId::random(), world.layer, "lines");
            world.committer.commit(|_| arranged);
            world
        }

        /// What starting and stopping jobs does to the layer.
        fn enter(&self, phase: LayerPhase) {
            self.committer.commit(|_| {
                let mut transaction = Transaction::new();
                if phase == LayerPhase::Waiting {
                    transaction.clear_frames(self.layer);
                }
                transaction.upsert(Object::LayerState(LayerState {
                    id: self.layer,
                    phase,
                    interval_ns: None,
                }));
                transaction
            });
        }

        fn prepare(&self, computed: Computed) -> Vec<LayerResult> {
            let state = self.service.begin();
            let result = PlotDataService::prepare(&state, self.layer, computed);
            vec![result.expect("the layer exists")]
        }

        fn phase(&self) -> LayerPhase {
            let state = self.committer.read();
            let found = state.layer_state(self.layer).expect("it was set");
            found.phase.clone()
        }
    }

    fn frame(value: f64) -> Computed {
        let values = Values::F64(vec![value]);
        let quantity = Quantity {
            label: "Counts".into(),
            unit: Unit::counts(),
        };
        let series = Series {
            name: "a".into(),
            x: Coord::index("x", 1),
            extent: Extent::of_values(&values),
            y: Arc::new(values),
            errors: None,
            colour: None,
        };
        let curves = Curves {
            quantity,
            series: vec![series],
        };
        Computed::Frame {
            frame: Arc::new(Frame {
                body: FrameBody::Curves(curves),
                time: None,
                reduced: 1,
                note: None,
            }),
            interval_ns: Some(7),
        }
    }

    #[test]
    fn a_tick_that_a_start_overtook_leaves_neither_picture_nor_phase() {
        let failed = || Computed::Failed("old".to_owned());
        for computed in [frame(1.0), failed()] {
            let world = World::new();
            let tick = world.prepare(computed);
            world.enter(LayerPhase::Waiting);
            assert_eq!(world.service.commit(tick), [world.layer]);
            assert_eq!(world.phase(), LayerPhase::Waiting);
            let state = world.committer.read();
            let slot = state.frames_of(world.layer).expect("the layer has a slot");
            assert!(slot.current().is_none());
        }
    }

    #[test]
    fn a_stopped_layer_stays_stopped_and_gets_its_last_picture() {
        let world = World::new();
        for computed in [
            frame(1.0),
            Computed::Waiting,
            Computed::Failed(String::new()),
        ] {
            world.enter(LayerPhase::Stopped);
            let tick = world.prepare(computed);
            assert_eq!(world.service.commit(tick), []);
            assert_eq!(world.phase(), LayerPhase::Stopped);
        }
        let state = world.committer.read();
        let slot = state.frames_of(world.layer).expect("the layer has a slot");
        assert_eq!(slot.count(), 1);
    }

    #[test]
    fn a_tick_of_a_layer_that_was_removed_leaves_nothing() {
        let world = World::new();
        let tick = world.prepare(frame(1.0));
        world.committer.commit(|_| {
            let mut transaction = Transaction::new();
            transaction.remove(ObjectId::Layer(world.layer));
            transaction
        });
        let removed = world.committer.read().stamp();
        assert_eq!(world.service.commit(tick), []);
        let state = world.committer.read();
        assert_eq!(state.stamp(), removed);
        assert!(state.layer_state(world.layer).is_none());
    }

    #[test]
    fn the_interval_follows_beyond_a_factor_of_two() {
        assert_eq!(interval_ns(None, Some(200)), Some(200));
        assert_eq!(interval_ns(Some(200), Some(390)), Some(200));
        assert_eq!(interval_ns(Some(200), Some(1_000)), Some(1_000));
        assert_eq!(interval_ns(Some(200), Some(110)), Some(200));
        assert_eq!(interval_ns(Some(200), Some(90)), Some(90));
        assert_eq!(interval_ns(Some(200), None), Some(200));
    }
}
