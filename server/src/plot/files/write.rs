//! From what is arranged to a document.

use shared::id::GridId;
use shared::topology::{Arrangement, Cell, Grid, Layer};

use super::format::{CellFile, GridFile, GridsFile, LayerFile, SourceFile};

/// One grid as a document; none when there is no such grid.
pub fn write_one(arrangement: &Arrangement, id: GridId) -> Option<String> {
    let grid = arrangement.grids.get(&id)?;
    Some(yaml(&grid_file(arrangement, grid)))
}

/// One grid as a template of another title; none when there is no such grid. It has a tab, whether the grid has one or not.
pub fn write_template(
    arrangement: &Arrangement,
    id: GridId,
    title: &str,
    description: &str,
) -> Option<String> {
    let grid = arrangement.grids.get(&id)?;
    Some(yaml(&GridFile {
        title: title.to_owned(),
        description: (!description.is_empty()).then(|| description.to_owned()),
        enabled: true,
        ..grid_file(arrangement, grid)
    }))
}

/// All grids as one document, in the order of the tabs.
pub fn write_all(arrangement: &Arrangement) -> String {
    let mut grids: Vec<&Grid> = arrangement.grids.values().collect();
    grids.sort_by_key(|grid| (grid.order, grid.id));
    let grids = grids.into_iter().map(|grid| grid_file(arrangement, grid));
    yaml(&GridsFile {
        grids: grids.collect(),
    })
}

fn yaml(document: &impl serde::Serialize) -> String {
    serde_saphyr::to_string(document).expect("plain data with string keys can be written as YAML")
}

fn grid_file(arrangement: &Arrangement, grid: &Grid) -> GridFile {
    let mut cells: Vec<&Cell> = arrangement.cells_of(grid.id).collect();
    cells.sort_by_key(|cell| (cell.geometry.row, cell.geometry.col));
    GridFile {
        title: grid.title.clone(),
        description: None,
        nrows: grid.nrows,
        ncols: grid.ncols,
        enabled: grid.enabled,
        cells: cells
            .into_iter()
            .map(|cell| cell_file(arrangement, cell))
            .collect(),
    }
}

fn cell_file(arrangement: &Arrangement, cell: &Cell) -> CellFile {
    let mut layers: Vec<&Layer> = arrangement.layers_of(cell.id).collect();
    layers.sort_by_key(|layer| (layer.order, layer.id));
    CellFile {
        geometry: cell.geometry,
        title: cell.title.clone(),
        layers: layers.into_iter().map(layer_file).collect(),
    }
}

fn layer_file(layer: &Layer) -> LayerFile {
    let sources = layer.config.sources.iter().map(|(role, source)| {
        let file = SourceFile {
            workflow: source.workflow.clone(),
            output: source.output.clone(),
            sources: source.sources.clone(),
        };
        (*role, file)
    });
    LayerFile {
        title: Some(layer.title.clone()),
        plotter: layer.config.plotter.clone(),
        sources: sources.collect(),
        params: layer.config.params.object().clone(),
        hidden: layer.hidden,
    }
}
