//! The grids that an instrument brings, as the pieces they are arranged as. Ids derive from the instrument and the
//! place in it, so that a page or a link finds them again after a restart.

use shared::id::{CellId, GridId, LayerId, WorkflowId};
use shared::topology::{Cell, DataSource, Grid, JsonText, Layer, LayerConfig, Piece};

use crate::instrument::{self, Instrument, LayerData};
use crate::plot::title::default_title;

/// The id of a grid that the instrument brings.
pub(super) fn grid_id(instrument: &Instrument, grid: &instrument::Grid) -> GridId {
    GridId::derived(&path_of(instrument, grid))
}

/// A grid that the instrument brings, with everything in it.
pub(super) fn pieces(instrument: &Instrument, order: i32, grid: &instrument::Grid) -> Vec<Piece> {
    let path = path_of(instrument, grid);
    let id = grid_id(instrument, grid);
    let mut pieces = vec![Piece::Grid(Grid {
        id,
        title: grid.title.clone(),
        nrows: grid.nrows,
        ncols: grid.ncols,
        enabled: true,
        order,
    })];
    for cell in &grid.cells {
        let path = format!("{path}/{},{}", cell.row, cell.col);
        let cell_id = CellId::derived(&path);
        pieces.push(Piece::Cell(Cell {
            id: cell_id,
            grid: id,
            geometry: cell.geometry(),
            title: cell.title.clone(),
        }));
        for (order, layer) in cell.layers.iter().enumerate() {
            let config = layer_config(instrument, layer);
            pieces.push(Piece::Layer(Layer {
                id: LayerId::derived(&format!("{path}/{order}")),
                cell: cell_id,
                order: order as i32,
                title: default_title(&config, |id| title_of(instrument, id)),
                config,
                hidden: false,
            }));
        }
    }
    pieces
}

/// What a layer of the instrument file shows.
pub fn layer_config(instrument: &Instrument, layer: &instrument::Layer) -> LayerConfig {
    let source = |data: LayerData<'_>| DataSource {
        workflow: WorkflowId {
            instrument: instrument.name.clone(),
            name: data.workflow.to_owned(),
            version: instrument
                .workflow(data.workflow)
                .map_or(1, |it| it.version),
        },
        output: data.output.to_owned(),
        sources: data.sources.to_vec(),
    };
    LayerConfig {
        plotter: layer.plotter.clone(),
        sources: layer.data().map(|it| (it.role, source(it))).collect(),
        params: JsonText::new(layer.params.clone()),
    }
}

fn title_of<'a>(instrument: &'a Instrument, id: &WorkflowId) -> Option<&'a str> {
    let workflow = instrument.workflow(&id.name);
    workflow.map(|workflow| workflow.title.as_str())
}

fn path_of(instrument: &Instrument, grid: &instrument::Grid) -> String {
    format!("{}/{}", instrument.name, grid.name)
}
