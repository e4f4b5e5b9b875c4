//! From a grid as a file describes it to one that could be added.

use std::collections::BTreeMap;

use shared::id::{CellId, GridId, LayerId, WorkflowId};
use shared::job::Workflow;
use shared::region::Region;
use shared::topology::{
    Arrangement, Cell, CellGeometry, DataSource, Grid, GridDraft, JsonText, Layer, LayerConfig,
    MAX_LINES, Piece,
};

use super::format::{CellFile, GridFile, LayerFile};
use crate::plot::rules::{LayerProblem, check_config};
use crate::plot::title::default_title;

/// Makes a draft of a file and the regions of interest that it brings; what cannot be drawn here is left out and remarked.
///
/// # Errors
/// With the reason when the grid as a whole breaks a rule.
pub(super) fn draft<'a>(
    file: GridFile,
    regions: Vec<Region>,
    find: &impl Fn(&WorkflowId) -> Option<&'a Workflow>,
    remarks: Vec<String>,
) -> Result<GridDraft, String> {
    let grid = Grid {
        id: GridId::random(),
        title: file.title,
        nrows: file.nrows.clamp(1, MAX_LINES),
        ncols: file.ncols.clamp(1, MAX_LINES),
        enabled: file.enabled,
        order: 0,
    };
    let mut draft = Draft {
        grid: grid.id,
        find,
        arrangement: Arrangement::default(),
        remarks,
    };
    draft.arrangement.put(Piece::Grid(grid));
    for cell in file.cells {
        draft.add_cell(cell);
    }
    for region in regions {
        draft.arrangement.put(Piece::Region(region));
    }
    let Draft {
        arrangement,
        remarks,
        ..
    } = draft;
    let nothing = Arrangement::default();
    arrangement.check(&nothing).map_err(|it| it.reason)?;
    Ok(GridDraft {
        description: file.description,
        pieces: arrangement.changed_since(&nothing),
        remarks,
    })
}

struct Draft<'f, F> {
    grid: GridId,
    find: &'f F,
    arrangement: Arrangement,
    remarks: Vec<String>,
}

impl<'a, F: Fn(&WorkflowId) -> Option<&'a Workflow>> Draft<'_, F> {
    fn add_cell(&mut self, file: CellFile) {
        let at = place_name(file.geometry);
        if let Err(reason) = self.make_room(file.geometry) {
            self.remarks
                .push(format!("The cell {at} is left out: {reason}."));
            return;
        }
        let cell = CellId::random();
        let mut layers = Vec::new();
        for layer in file.layers {
            let order = layers.len() as i32;
            layers.extend(self.layer(cell, order, layer, &at));
        }
        if layers.is_empty() {
            let remark = format!("The cell {at} is left out: nothing of it can be drawn here.");
            self.remarks.push(remark);
            return;
        }
        self.arrangement.put(Piece::Cell(Cell {
            id: cell,
            grid: self.grid,
            geometry: file.geometry,
            title: file.title.filter(|title| !title.trim().is_empty()),
        }));
        for layer in layers {
            self.arrangement.put(Piece::Layer(layer));
        }
    }

    /// Lets the grid grow until it holds `place`.
    fn make_room(&mut self, place: CellGeometry) -> Result<(), String> {
        if !place.is_within(MAX_LINES, MAX_LINES) {
            return Err(format!("a grid has {MAX_LINES} rows and columns at most"));
        }
        if let Some(grid) = self.arrangement.grids.get_mut(&self.grid) {
            grid.nrows = grid.nrows.max(place.row + place.row_span);
            grid.ncols = grid.ncols.max(place.col + place.col_span);
        }
        if self.arrangement.is_free(self.grid, place, None) {
            Ok(())
        } else {
            Err("another cell is there".to_owned())
        }
    }

    fn layer(&mut self, cell: CellId, order: i32, file: LayerFile, at: &str) -> Option<Layer> {
        let sources = file.sources.into_iter().map(|(role, source)| {
            let source = DataSource {
                workflow: source.workflow,
                output: source.output,
                sources: source.sources,
            };
            (role, source)
        });
        let mut config = LayerConfig {
            plotter: file.plotter,
            sources: sources.collect::<BTreeMap<_, _>>(),
            params: JsonText::new(file.params),
        };
        if let Err(LayerProblem { field, reason }) = check_config(&config, self.find) {
            let whose = format!("{} of the cell {at}", config.plotter);
            let without_params = LayerConfig {
                params: JsonText::empty(),
                ..config.clone()
            };
            if check_config(&without_params, self.find).is_err() {
                let remark = format!("The layer {whose} is left out: {reason}.");
                self.remarks.push(remark);
                return None;
            }
            let remark =
                format!("The layer {whose} has its default parameters: {field}: {reason}.");
            self.remarks.push(remark);
            config = without_params;
        }
        let titled = |id: &WorkflowId| Some((self.find)(id)?.title.as_str());
        let title = file.title.unwrap_or_else(|| default_title(&config, titled));
        Some(Layer {
            id: LayerId::random(),
            cell,
            order,
            title,
            config,
            hidden: file.hidden,
        })
    }
}

/// Where a cell is, as people count.
fn place_name(place: CellGeometry) -> String {
    let (row, col) = (place.row.saturating_add(1), place.col.saturating_add(1));
    format!("at row {row}, column {col}")
}
