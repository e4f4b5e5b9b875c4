//! Stores what a tick computed: all of it under one revision.

use std::sync::Arc;

use shared::id::LayerId;
use shared::layer_state::{LayerPhase, LayerState};
use shared::object::{Object, ObjectId};
use shared::sync::state::{PreparedFrame, SharedState, Transaction};
use shared::version::Stamp;

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
    frame: Option<PreparedFrame>,
    phase: LayerPhase,
    /// Data time from the frame before to this one, ns.
    gap_ns: Option<i64>,
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
        let result = |frame, phase, gap_ns| LayerResult {
            layer,
            frame,
            phase,
            gap_ns,
        };
        Some(match computed {
            Computed::Waiting => result(None, LayerPhase::Waiting, None),
            Computed::Failed(message) => result(None, LayerPhase::Error { message }, None),
            Computed::Frame(frame) => {
                let shown = slot.current().and_then(|(_, shown)| shown.frame().time);
                let gap_ns = frame
                    .time
                    .zip(shown)
                    .map(|(new, old)| new.end.since(old.end));
                result(slot.prepare(layer, frame), LayerPhase::Live, gap_ns)
            }
        })
    }

    /// Commits a tick.
    pub(super) fn commit(&self, results: Vec<LayerResult>) -> Stamp {
        self.committer.commit(|state| {
            let mut transaction = Transaction::new();
            for result in results {
                if let Some(known) = layer_state(state, result.layer) {
                    let interval_ns = interval_ns(known.interval_ns, result.gap_ns);
                    // A layer whose jobs ended meanwhile stays stopped, with this last picture.
                    let stopped =
                        known.phase == LayerPhase::Stopped && result.phase == LayerPhase::Live;
                    let phase = if stopped {
                        LayerPhase::Stopped
                    } else {
                        result.phase
                    };
                    transaction.upsert(Object::LayerState(LayerState {
                        id: result.layer,
                        phase,
                        interval_ns,
                    }));
                }
                if let Some(frame) = result.frame {
                    transaction.frame(frame);
                }
            }
            transaction
        })
    }
}

fn layer_state(state: &SharedState, layer: LayerId) -> Option<&LayerState> {
    match &**state.object(&ObjectId::LayerState(layer))?.1 {
        Object::LayerState(known) => Some(known),
        _ => None,
    }
}

/// The publishing interval, told anew only when it is off by more than a factor of two: it serves to judge
/// silence, and every change of it is a commit that all sessions hear of.
fn interval_ns(known: Option<i64>, gap: Option<i64>) -> Option<i64> {
    let Some(gap) = gap.filter(|gap| *gap > 0) else {
        return known;
    };
    match known {
        Some(known) if gap <= known.saturating_mul(2) && gap >= known / 4 => Some(known),
        _ => Some(gap),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_follows_slowly() {
        assert_eq!(interval_ns(None, Some(200)), Some(200));
        assert_eq!(interval_ns(Some(200), Some(290)), Some(200));
        assert_eq!(interval_ns(Some(200), Some(1_000)), Some(1_000));
        assert_eq!(interval_ns(Some(200), None), Some(200));
        assert_eq!(interval_ns(Some(200), Some(0)), Some(200));
    }
}
