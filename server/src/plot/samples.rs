//! A cell with one layer, for tests of what happens to a layer.

use std::collections::BTreeMap;

use shared::id::{CellId, GridId, LayerId};
use shared::layer_state::{LayerPhase, LayerState};
use shared::object::Object;
use shared::sync::state::Transaction;
use shared::topology::{Cell, CellGeometry, JsonText, Layer, LayerConfig};

/// Puts a layer that waits for data into a cell of `grid`.
pub(super) fn waiting_layer(grid: GridId, layer: LayerId, plotter: &str) -> Transaction {
    let cell = CellId::random();
    let mut transaction = Transaction::new();
    transaction.upsert(Object::Cell(Cell {
        id: cell,
        grid,
        geometry: CellGeometry {
            row: 0,
            col: 0,
            row_span: 1,
            col_span: 1,
        },
        title: None,
    }));
    transaction.upsert(Object::Layer(Layer {
        id: layer,
        cell,
        order: 0,
        title: String::new(),
        config: LayerConfig {
            plotter: plotter.to_owned(),
            sources: BTreeMap::new(),
            params: JsonText::empty(),
        },
        hidden: false,
    }));
    transaction.upsert(Object::LayerState(LayerState {
        id: layer,
        phase: LayerPhase::Waiting,
        interval_ns: None,
    }));
    transaction
}
