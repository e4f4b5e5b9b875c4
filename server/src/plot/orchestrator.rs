//! The topology's writer: which grids, cells and layers exist.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::id::{CellId, GridId, LayerId, WorkflowId};
use shared::layer_state::{LayerPhase, LayerState};
use shared::object::Object;
use shared::sync::state::Transaction;
use shared::topology::{
    Cell, CellGeometry, DataRole, DataSource, Grid, JsonText, Layer, LayerConfig,
};

use crate::instrument::{self, Instrument};
use crate::state::Committer;

/// The one writer of grids, cells and layers.
#[derive(Debug)]
pub struct PlotOrchestrator {
    committer: Arc<Committer>,
}

impl PlotOrchestrator {
    /// An orchestrator that writes to `committer`.
    pub fn new(committer: Arc<Committer>) -> Self {
        Self { committer }
    }

    /// Arranges the instrument's default grids. Their ids derive from the instrument and their place in it, so
    /// that a page or a link finds them again after a restart.
    pub fn add_default_grids(&self, instrument: &Instrument) {
        self.committer.commit(|_| {
            let mut transaction = Transaction::new();
            for (order, grid) in instrument.grids.iter().enumerate() {
                add_grid(&mut transaction, instrument, order as i32, grid);
            }
            transaction
        });
    }
}

fn add_grid(
    transaction: &mut Transaction,
    instrument: &Instrument,
    order: i32,
    grid: &instrument::Grid,
) {
    let path = format!("{}/{}", instrument.name, grid.name);
    let id = GridId::derived(&path);
    transaction.upsert(Object::Grid(Grid {
        id,
        title: grid.title.clone(),
        nrows: grid.nrows,
        ncols: grid.ncols,
        enabled: true,
        order,
    }));
    for cell in &grid.cells {
        let path = format!("{path}/{},{}", cell.row, cell.col);
        let cell_id = CellId::derived(&path);
        transaction.upsert(Object::Cell(Cell {
            id: cell_id,
            grid: id,
            geometry: CellGeometry {
                row: cell.row,
                col: cell.col,
                row_span: cell.row_span,
                col_span: cell.col_span,
            },
            title: cell.title.clone(),
        }));
        for (order, layer) in cell.layers.iter().enumerate() {
            add_layer(
                transaction,
                instrument,
                cell_id,
                &format!("{path}/{order}"),
                order as i32,
                layer,
            );
        }
    }
}

fn add_layer(
    transaction: &mut Transaction,
    instrument: &Instrument,
    cell: CellId,
    path: &str,
    order: i32,
    layer: &instrument::Layer,
) {
    let id = LayerId::derived(path);
    let workflow = instrument.workflow(&layer.workflow);
    let source = DataSource {
        workflow: WorkflowId {
            instrument: instrument.name.clone(),
            name: layer.workflow.clone(),
            version: workflow.map_or(1, |workflow| workflow.version),
        },
        output: layer.output.clone(),
        sources: layer.sources.clone(),
    };
    transaction.upsert(Object::Layer(Layer {
        id,
        cell,
        order,
        title: workflow.map_or_else(|| layer.workflow.clone(), |workflow| workflow.title.clone()),
        config: LayerConfig {
            plotter: layer.plotter.as_str().to_owned(),
            sources: BTreeMap::from([(DataRole::Primary, source)]),
            params: JsonText::new(layer.params.clone()),
        },
    }));
    transaction.upsert(Object::LayerState(LayerState {
        id,
        phase: LayerPhase::Waiting,
        interval_ns: None,
    }));
}
