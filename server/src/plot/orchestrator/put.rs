//! Pieces on their way into the state, and which layers must be computed for them.

use std::collections::BTreeSet;

use shared::id::LayerId;
use shared::layer_state::{LayerPhase, LayerState};
use shared::object::Object;
use shared::sync::state::{SharedState, Transaction};
use shared::topology::{Arrangement, Layer, Piece};

use crate::jobs::is_stopped;

/// Puts pieces into a transaction, with the states of layers that begin anew; returns those layers, and the ones that
/// are hidden no longer.
pub(super) fn put(
    state: &SharedState,
    transaction: &mut Transaction,
    before: &Arrangement,
    pieces: Vec<Piece>,
) -> BTreeSet<LayerId> {
    let mut due = BTreeSet::new();
    for piece in pieces {
        if let Piece::Layer(layer) = &piece {
            let known = before.layers.get(&layer.id);
            if is_fresh(known, layer) {
                transaction.upsert(Object::LayerState(state_of(state, layer)));
                due.insert(layer.id);
            } else if is_revealed(known, layer) {
                due.insert(layer.id);
            }
        }
        transaction.upsert(piece.into());
    }
    due
}

/// The state of a layer that has no picture yet.
fn state_of(state: &SharedState, layer: &Layer) -> LayerState {
    LayerState {
        id: layer.id,
        phase: if layer.config.sources.is_empty() {
            LayerPhase::Live
        } else if is_stopped(state, layer) {
            LayerPhase::Stopped
        } else {
            LayerPhase::Waiting
        },
        interval_ns: None,
    }
}

/// True when no picture of a layer holds any more.
fn is_fresh(known: Option<&Layer>, layer: &Layer) -> bool {
    known.is_none_or(|known| !known.config.is_computed_like(&layer.config))
}

/// True when a layer was hidden and no longer is.
fn is_revealed(known: Option<&Layer>, layer: &Layer) -> bool {
    !layer.hidden && known.is_some_and(|known| known.hidden)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use shared::id::CellId;
    use shared::topology::{JsonText, LayerConfig};
    use shared::version::Epoch;

    use super::*;

    #[test]
    fn what_is_new_or_shown_again_is_computed() {
        let shown = Layer {
            id: LayerId::derived("a"),
            cell: CellId::derived("c"),
            order: 0,
            title: "Outline".to_owned(),
            config: LayerConfig {
                plotter: "rectangles".to_owned(),
                sources: BTreeMap::new(),
                params: JsonText::empty(),
            },
            hidden: false,
        };
        let hidden = Layer {
            hidden: true,
            ..shown.clone()
        };
        let due = |known: Option<&Layer>, now: &Layer| {
            let before = Arrangement {
                layers: known.map(|it| (it.id, it.clone())).into_iter().collect(),
                ..Arrangement::default()
            };
            let state = SharedState::new(Epoch::random(), 0);
            let pieces = vec![Piece::Layer(now.clone())];
            !put(&state, &mut Transaction::new(), &before, pieces).is_empty()
        };
        assert!(due(None, &shown) && due(None, &hidden), "when it is shown");
        assert!(due(Some(&hidden), &shown));
        assert!(!due(Some(&shown), &hidden));
        assert!(!due(Some(&hidden), &hidden));
        let mut titled = shown.clone();
        titled.title = "Frame".to_owned();
        assert!(!due(Some(&shown), &titled));
    }
}
