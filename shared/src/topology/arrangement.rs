//! What is arranged, as one value: what steps make of it, and which rules it keeps. The server refuses by these
//! rules, and pages offer by them.

mod regions;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Cell, CellGeometry, Grid, Layer, MAX_CELLS, MAX_GRIDS, MAX_LAYERS, MAX_LAYERS_PER_CELL,
    MAX_LINES, MAX_SOURCES, MAX_TITLE_CHARS, Misfit, Piece, PieceId, Step,
};
use crate::id::{CellId, GridId, LayerId, RegionId};
use crate::object::Object;
use crate::region::Region;

/// All grids, cells, layers and regions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// Grids.
    pub grids: BTreeMap<GridId, Grid>,
    /// Cells.
    pub cells: BTreeMap<CellId, Cell>,
    /// Layers.
    pub layers: BTreeMap<LayerId, Layer>,
    /// Regions of interest.
    pub regions: BTreeMap<RegionId, Region>,
}

impl Arrangement {
    /// What is arranged in a state; other objects are passed over.
    pub fn of<'a>(objects: impl Iterator<Item = &'a Object>) -> Self {
        let mut arrangement = Self::default();
        for piece in objects.filter_map(Piece::of) {
            arrangement.put(piece);
        }
        arrangement
    }

    /// One piece.
    pub fn piece(&self, id: PieceId) -> Option<Piece> {
        match id {
            PieceId::Grid(id) => self.grids.get(&id).cloned().map(Piece::Grid),
            PieceId::Cell(id) => self.cells.get(&id).cloned().map(Piece::Cell),
            PieceId::Layer(id) => self.layers.get(&id).cloned().map(Piece::Layer),
            PieceId::Region(id) => self.regions.get(&id).cloned().map(Piece::Region),
        }
    }

    /// Adds a piece, or replaces the one with its id.
    pub fn put(&mut self, piece: Piece) {
        match piece {
            Piece::Grid(grid) => drop(self.grids.insert(grid.id, grid)),
            Piece::Cell(cell) => drop(self.cells.insert(cell.id, cell)),
            Piece::Layer(layer) => drop(self.layers.insert(layer.id, layer)),
            Piece::Region(region) => drop(self.regions.insert(region.id, region)),
        }
    }

    /// Removes a piece and what it holds.
    pub fn remove(&mut self, id: PieceId) {
        for child in self.children(id) {
            self.remove(child);
        }
        match id {
            PieceId::Grid(id) => drop(self.grids.remove(&id)),
            PieceId::Cell(id) => drop(self.cells.remove(&id)),
            PieceId::Layer(id) => drop(self.layers.remove(&id)),
            PieceId::Region(id) => drop(self.regions.remove(&id)),
        }
    }

    /// What steps make of it: first everything is put, then removed, so that what moves out of something removed
    /// stays.
    pub fn apply(&mut self, steps: &[Step]) {
        for step in steps {
            if let Step::Put { piece, .. } = step {
                self.put(piece.clone());
            }
        }
        for step in steps {
            if let Step::Remove { piece, .. } = step {
                self.remove(*piece);
            }
        }
    }

    /// What a piece holds itself: the cells of a grid, the layers of a cell.
    pub fn children(&self, id: PieceId) -> Vec<PieceId> {
        match id {
            PieceId::Grid(id) => self.cells_of(id).map(|it| PieceId::Cell(it.id)).collect(),
            PieceId::Cell(id) => self.layers_of(id).map(|it| PieceId::Layer(it.id)).collect(),
            PieceId::Layer(_) | PieceId::Region(_) => Vec::new(),
        }
    }

    /// Everything that a piece holds, cells before layers.
    pub fn descendants(&self, id: PieceId) -> Vec<PieceId> {
        let mut all = self.children(id);
        let held: Vec<PieceId> = all.iter().flat_map(|it| self.children(*it)).collect();
        all.extend(held);
        all
    }

    /// The cells of a grid.
    pub fn cells_of(&self, grid: GridId) -> impl Iterator<Item = &Cell> {
        self.cells.values().filter(move |cell| cell.grid == grid)
    }

    /// The layers of a cell.
    pub fn layers_of(&self, cell: CellId) -> impl Iterator<Item = &Layer> {
        self.layers.values().filter(move |layer| layer.cell == cell)
    }

    /// What a cell is called, its layers in the order in which they are drawn.
    pub fn title_of(&self, cell: &Cell) -> String {
        let mut layers: Vec<&Layer> = self.layers_of(cell.id).collect();
        layers.sort_unstable_by_key(|it| (it.order, it.id));
        cell.full_title(layers)
    }

    /// The pieces that are not as they were `before`: grids first, then cells, layers and regions.
    pub fn changed_since(&self, before: &Self) -> Vec<Piece> {
        let grids = self
            .grids
            .values()
            .filter(|it| before.grids.get(&it.id) != Some(it));
        let cells = self
            .cells
            .values()
            .filter(|it| before.cells.get(&it.id) != Some(it));
        let layers = self
            .layers
            .values()
            .filter(|it| before.layers.get(&it.id) != Some(it));
        let regions = self
            .regions
            .values()
            .filter(|it| before.regions.get(&it.id) != Some(it));
        grids
            .cloned()
            .map(Piece::Grid)
            .chain(cells.cloned().map(Piece::Cell))
            .chain(layers.cloned().map(Piece::Layer))
            .chain(regions.cloned().map(Piece::Region))
            .collect()
    }

    /// The pieces that were there `before` and are gone.
    pub fn gone_since(&self, before: &Self) -> Vec<PieceId> {
        let grids = before
            .grids
            .keys()
            .filter(|id| !self.grids.contains_key(id));
        let cells = before
            .cells
            .keys()
            .filter(|id| !self.cells.contains_key(id));
        let layers = before
            .layers
            .keys()
            .filter(|id| !self.layers.contains_key(id));
        let regions = before
            .regions
            .keys()
            .filter(|id| !self.regions.contains_key(id));
        grids
            .map(|id| PieceId::Grid(*id))
            .chain(cells.map(|id| PieceId::Cell(*id)))
            .chain(layers.map(|id| PieceId::Layer(*id)))
            .chain(regions.map(|id| PieceId::Region(*id)))
            .collect()
    }

    /// Checks what is not as it was `before`; what does not change may stay as it is.
    pub fn check(&self, before: &Self) -> Result<(), Misfit> {
        let changed = self.changed_since(before);
        self.check_numbers(before, &changed)?;
        for piece in &changed {
            match piece {
                Piece::Grid(grid) => check_grid(grid)?,
                Piece::Cell(cell) => self.check_cell(cell)?,
                Piece::Layer(layer) => self.check_layer(layer)?,
                Piece::Region(region) => self.check_region(before, region)?,
            }
        }
        // A cell that was put outside has been told: here it is the grid that became too small.
        let mut grids = changed.iter().filter_map(|piece| match piece {
            Piece::Grid(grid) => Some(grid),
            _ => None,
        });
        grids.try_for_each(|grid| self.check_size(grid))?;
        self.check_left(before)
    }

    /// True when nothing but the cell `but` is at `place`, and `place` is within the grid.
    pub fn is_free(&self, grid: GridId, place: CellGeometry, but: Option<CellId>) -> bool {
        let within = self
            .grids
            .get(&grid)
            .is_some_and(|grid| place.is_within(grid.nrows, grid.ncols));
        within && self.occupant(grid, place, but).is_none()
    }

    /// The first free place of a size, in reading order.
    pub fn first_free(&self, grid: GridId, rows: u32, cols: u32) -> Option<CellGeometry> {
        let Grid { nrows, ncols, .. } = self.grids.get(&grid)?;
        let places = (0..*nrows).flat_map(|row| (0..*ncols).map(move |col| (row, col)));
        places
            .map(|(row, col)| CellGeometry {
                row,
                col,
                row_span: rows,
                col_span: cols,
            })
            .find(|place| self.is_free(grid, *place, None))
    }

    /// The fewest rows and columns that the cells of a grid need.
    pub fn least_size(&self, grid: GridId) -> (u32, u32) {
        self.cells_of(grid).fold((1, 1), |(rows, cols), cell| {
            let it = cell.geometry;
            let (bottom, right) = (
                it.row.saturating_add(it.row_span),
                it.col.saturating_add(it.col_span),
            );
            (rows.max(bottom), cols.max(right))
        })
    }

    fn occupant(&self, grid: GridId, place: CellGeometry, but: Option<CellId>) -> Option<&Cell> {
        self.cells_of(grid)
            .find(|cell| Some(cell.id) != but && cell.geometry.overlaps(place))
    }

    fn check_numbers(&self, before: &Self, changed: &[Piece]) -> Result<(), Misfit> {
        let Some(piece) = changed.first() else {
            return Ok(());
        };
        for (what, now, then, limit) in [
            ("grids", self.grids.len(), before.grids.len(), MAX_GRIDS),
            ("cells", self.cells.len(), before.cells.len(), MAX_CELLS),
            ("layers", self.layers.len(), before.layers.len(), MAX_LAYERS),
        ] {
            if now > limit && now > then {
                let reason = format!("there can be {limit} {what} at most: remove some first");
                return Err(Misfit::beside(piece.id(), reason));
            }
        }
        Ok(())
    }

    fn check_size(&self, grid: &Grid) -> Result<(), Misfit> {
        let (rows, cols) = self.least_size(grid.id);
        if rows <= grid.nrows && cols <= grid.ncols {
            return Ok(());
        }
        let reason = format!(
            "the cells of {:?} need {rows} rows and {cols} columns: move or remove some before the grid gets smaller",
            grid.title
        );
        Err(Misfit::beside(PieceId::Grid(grid.id), reason))
    }

    fn check_cell(&self, cell: &Cell) -> Result<(), Misfit> {
        let id = PieceId::Cell(cell.id);
        check_title(
            id,
            cell.title.as_deref().unwrap_or_default(),
            Title::Optional,
        )?;
        let place = cell.geometry;
        for (field, span) in [("row_span", place.row_span), ("col_span", place.col_span)] {
            if span == 0 {
                let reason = format!("{field} is 0: use at least 1");
                return Err(Misfit::at(id, format!("geometry.{field}"), reason));
            }
        }
        let grid = self.grids.get(&cell.grid).ok_or_else(|| {
            Misfit::beside(id, "the grid of this cell does not exist, or was removed")
        })?;
        if !place.is_within(grid.nrows, grid.ncols) {
            let reason = format!(
                "{} would leave the grid of {} rows and {} columns: move or shrink it",
                self.called(cell),
                grid.nrows,
                grid.ncols
            );
            return Err(Misfit::beside(id, reason));
        }
        if let Some(other) = self.occupant(cell.grid, place, Some(cell.id)) {
            let reason = format!(
                "{} would overlap {}: choose a free place",
                self.called(cell),
                self.called(other)
            );
            return Err(Misfit::beside(id, reason));
        }
        Ok(())
    }

    /// A cell as people know it: by its title, and by its place counted from 1.
    fn called(&self, cell: &Cell) -> String {
        let place = cell.geometry;
        let place = format!(
            "at row {}, column {}",
            place.row.saturating_add(1),
            place.col.saturating_add(1)
        );
        match self.title_of(cell).as_str() {
            "" => format!("the plot {place}"),
            title => format!("{title:?} {place}"),
        }
    }

    fn check_layer(&self, layer: &Layer) -> Result<(), Misfit> {
        let id = PieceId::Layer(layer.id);
        check_title(id, &layer.title, Title::Needed)?;
        if !self.cells.contains_key(&layer.cell) {
            let reason = "the cell of this layer does not exist, or was removed";
            return Err(Misfit::beside(id, reason));
        }
        for (role, source) in &layer.config.sources {
            if source.sources.len() > MAX_SOURCES {
                let field = format!("config.sources.{}.sources", role.as_str());
                let reason = format!("a layer shows {MAX_SOURCES} sources at most: name fewer");
                return Err(Misfit::at(id, field, reason));
            }
        }
        if self.layers_of(layer.cell).count() > MAX_LAYERS_PER_CELL {
            let reason = format!(
                "a cell holds {MAX_LAYERS_PER_CELL} layers at most: add this one to another cell"
            );
            return Err(Misfit::beside(id, reason));
        }
        Ok(())
    }

    /// A cell that had layers keeps at least one.
    fn check_left(&self, before: &Self) -> Result<(), Misfit> {
        let filled: BTreeSet<CellId> = self.layers.values().map(|layer| layer.cell).collect();
        let emptied =
            |layer: &&Layer| self.cells.contains_key(&layer.cell) && !filled.contains(&layer.cell);
        match before.layers.values().find(emptied) {
            Some(layer) => {
                let reason = "this is the last layer of its cell: remove the cell instead";
                Err(Misfit::beside(PieceId::Layer(layer.id), reason))
            }
            None => Ok(()),
        }
    }
}

fn check_grid(grid: &Grid) -> Result<(), Misfit> {
    let id = PieceId::Grid(grid.id);
    check_title(id, &grid.title, Title::Needed)?;
    for (field, lines) in [("nrows", grid.nrows), ("ncols", grid.ncols)] {
        if !(1..=MAX_LINES).contains(&lines) {
            let reason = format!("{field} is {lines}: use 1 to {MAX_LINES}");
            return Err(Misfit::at(id, field, reason));
        }
    }
    Ok(())
}

/// Whether a title may be left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Title {
    Needed,
    Optional,
}

fn check_title(piece: PieceId, title: &str, need: Title) -> Result<(), Misfit> {
    let reason = if need == Title::Needed && title.trim().is_empty() {
        "a title is needed: write at least one letter".to_owned()
    } else if title.chars().count() > MAX_TITLE_CHARS {
        format!("the title is longer than {MAX_TITLE_CHARS} characters: shorten it")
    } else if title.chars().any(char::is_control) {
        "the title holds a line break or another control character: remove it".to_owned()
    } else {
        return Ok(());
    };
    Err(Misfit::at(piece, "title", reason))
}

#[cfg(test)]
mod tests;
