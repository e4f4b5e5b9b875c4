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
    let said = (grid.nrows, grid.ncols);
    draft.arrangement.put(Piece::Grid(grid));
    let is_empty = file.cells.is_empty();
    for (n, cell) in file.cells.into_iter().enumerate() {
        draft.add_cell(n + 1, cell);
    }
    draft.remark_size((file.nrows, file.ncols), said);
    if is_empty {
        draft
            .remarks
            .push("The file names no cells: the grid would be empty.".to_owned());
    } else if draft.arrangement.cells.is_empty() {
        let remark = "Nothing is left of the file's cells: the grid would be empty.";
        draft.remarks.push(remark.to_owned());
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
    /// Adds the `n`th cell of the file.
    fn add_cell(&mut self, n: usize, file: CellFile) {
        let at = name_of(n, &file);
        if let Err(reason) = self.make_room(file.geometry) {
            self.remarks
                .push(format!("The {at} is left out: {reason}."));
            return;
        }
        let cell = CellId::random();
        let mut layers = Vec::new();
        for layer in file.layers {
            let order = layers.len() as i32;
            layers.extend(self.layer(cell, order, layer, &at));
        }
        if layers.is_empty() {
            let remark = format!("The {at} is left out: nothing of it can be drawn here.");
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

    /// Says where the grid has another size than its file asks for.
    fn remark_size(&mut self, asked: (u32, u32), allowed: (u32, u32)) {
        let grid = self.arrangement.grids.get(&self.grid);
        let Some((rows, cols)) = grid.map(|it| (it.nrows, it.ncols)) else {
            return;
        };
        let why = if (rows, cols) != allowed {
            "its cells need that".to_owned()
        } else if allowed != asked {
            format!("a grid has 1 to {MAX_LINES} of each")
        } else {
            return;
        };
        let (asked_rows, asked_cols) = asked;
        self.remarks.push(format!(
            "The grid is {rows} × {cols} instead of {asked_rows} × {asked_cols} (rows × columns): {why}."
        ));
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
            let whose = format!("{} of the {at}", config.plotter);
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

/// The `n`th cell of a file, as people find it there: by its title, else by its place counted from 1.
fn name_of(n: usize, file: &CellFile) -> String {
    let place = file.geometry;
    let (row, col) = (place.row.saturating_add(1), place.col.saturating_add(1));
    let title = file.title.as_ref().filter(|it| !it.trim().is_empty());
    let title = title.map_or_else(String::new, |it| format!(" {it:?}"));
    format!("cell{title} at row {row}, column {col} (number {n} in the file)")
}
