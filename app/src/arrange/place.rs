//! Rectangles of a grid, moved by keys or dragged.

use shared::id::{CellId, GridId};
use shared::topology::{Arrangement, CellGeometry};

/// A row and a column of a grid.
pub type Place = (u32, u32);

/// The place that an arrow key leads to from another: the nearest in the key's direction, where a step beside counts as
/// two ahead. None for other keys, and where there is none.
pub fn neighbour(places: &[Place], from: Place, key: &str) -> Option<Place> {
    let steps = |it: &Place| {
        let rows = i64::from(it.0) - i64::from(from.0);
        let cols = i64::from(it.1) - i64::from(from.1);
        let (ahead, beside) = match key {
            "ArrowUp" => (-rows, cols),
            "ArrowDown" => (rows, cols),
            "ArrowLeft" => (-cols, rows),
            "ArrowRight" => (cols, rows),
            _ => (0, 0),
        };
        (ahead > 0).then_some((ahead + 2 * beside.abs(), beside.abs(), *it))
    };
    let nearest = places.iter().filter_map(steps).min();
    nearest.map(|(_, _, place)| place)
}

/// What a drag does to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DragKind {
    /// It takes another place.
    Move,
    /// Its last row and column become others.
    Resize,
}

impl DragKind {
    /// What an arrow key makes of a rectangle; none for other keys, and beyond the first row and column.
    pub fn by_key(self, geometry: CellGeometry, key: &str) -> Option<CellGeometry> {
        let (rows, cols) = match key {
            "ArrowUp" => (-1, 0),
            "ArrowDown" => (1, 0),
            "ArrowLeft" => (0, -1),
            "ArrowRight" => (0, 1),
            _ => return None,
        };
        self.shifted(geometry, rows, cols)
    }

    fn shifted(self, geometry: CellGeometry, rows: i32, cols: i32) -> Option<CellGeometry> {
        let least = |lines: u32, by: i32| lines.checked_add_signed(by).filter(|it| *it > 0);
        Some(match self {
            Self::Move => CellGeometry {
                row: geometry.row.checked_add_signed(rows)?,
                col: geometry.col.checked_add_signed(cols)?,
                ..geometry
            },
            Self::Resize => CellGeometry {
                row_span: least(geometry.row_span, rows)?,
                col_span: least(geometry.col_span, cols)?,
                ..geometry
            },
        })
    }
}

/// A cell on its way.
#[derive(Clone, Debug)]
pub struct Drag {
    arrangement: Arrangement,
    cell: CellId,
    grid: GridId,
    lines: [u32; 2],
    kind: DragKind,
    start: CellGeometry,
    from: [u32; 2],
    now: CellGeometry,
}

impl Drag {
    /// Takes hold of a cell; `at` is where the pointer is, as parts of the grid's width and height.
    pub fn begin(
        arrangement: Arrangement,
        cell: CellId,
        kind: DragKind,
        at: [f64; 2],
    ) -> Option<Self> {
        let held = arrangement.cells.get(&cell)?;
        let grid = arrangement.grids.get(&held.grid)?;
        let lines = [grid.ncols, grid.nrows];
        Some(Self {
            cell,
            kind,
            grid: grid.id,
            start: held.geometry,
            now: held.geometry,
            from: lines_at(at, lines),
            lines,
            arrangement,
        })
    }

    /// The pointer moved: where the cell would come, and whether it may.
    pub fn follow(&mut self, at: [f64; 2]) -> (GridId, CellGeometry, bool) {
        let to = lines_at(at, self.lines);
        let by = |axis: usize| to[axis] as i32 - self.from[axis] as i32;
        if let Some(shifted) = self.kind.shifted(self.start, by(1), by(0)) {
            self.now = shifted;
        }
        (self.grid, self.now, self.is_allowed())
    }

    /// Where the cell is let go; none where it may not be, or is already.
    pub fn result(&self) -> Option<CellGeometry> {
        (self.now != self.start && self.is_allowed()).then_some(self.now)
    }

    fn is_allowed(&self) -> bool {
        self.arrangement
            .is_free(self.grid, self.now, Some(self.cell))
    }
}

/// The column and row at a part of a grid's width and height.
fn lines_at(at: [f64; 2], lines: [u32; 2]) -> [u32; 2] {
    std::array::from_fn(|axis| {
        let line = (at[axis].clamp(0.0, 1.0) * f64::from(lines[axis])) as u32;
        line.min(lines[axis].saturating_sub(1))
    })
}

#[cfg(test)]
mod tests {
    use super::super::changes::tests::arranged;
    use super::*;

    fn span(from: (u32, u32), to: (u32, u32)) -> CellGeometry {
        CellGeometry::between(from, to)
    }

    #[test]
    fn arrows_lead_to_the_nearest_free_place() {
        let free = [(0, 0), (0, 3), (1, 1), (2, 0)];
        assert_eq!(neighbour(&free, (0, 0), "ArrowRight"), Some((0, 3)));
        assert_eq!(neighbour(&free, (0, 0), "ArrowDown"), Some((2, 0)));
        assert_eq!(neighbour(&free, (1, 1), "ArrowRight"), Some((0, 3)));
        assert_eq!(neighbour(&free, (0, 3), "ArrowDown"), Some((1, 1)));
        assert_eq!(neighbour(&free, (2, 0), "ArrowUp"), Some((0, 0)));
        assert_eq!(neighbour(&free, (0, 0), "ArrowLeft"), None);
        assert_eq!(neighbour(&free, (0, 0), "Enter"), None);
    }

    #[test]
    fn keys_move_and_resize_by_one() {
        let here = span((1, 1), (1, 1));
        let moved = DragKind::Move.by_key(here, "ArrowLeft");
        assert_eq!(moved, Some(span((1, 0), (1, 0))));
        let larger = DragKind::Resize.by_key(here, "ArrowDown");
        assert_eq!(larger, Some(span((1, 1), (2, 1))));
        assert_eq!(DragKind::Resize.by_key(here, "ArrowUp"), None);
        assert_eq!(DragKind::Move.by_key(span((0, 0), (0, 0)), "ArrowUp"), None);
        assert_eq!(DragKind::Move.by_key(here, "Enter"), None);
    }

    #[test]
    fn a_cell_follows_the_pointer_and_stays_in_its_grid() {
        let cell = CellId::derived("c");
        let mut drag =
            Drag::begin(arranged(), cell, DragKind::Move, [0.1, 0.1]).expect("it is there");
        assert_eq!(drag.result(), None);
        let (_, place, is_allowed) = drag.follow([0.9, 0.6]);
        assert_eq!((place, is_allowed), (span((1, 1), (1, 1)), true));
        assert_eq!(drag.result(), Some(place));
        let mut drag =
            Drag::begin(arranged(), cell, DragKind::Resize, [0.6, 0.1]).expect("it is there");
        let (_, place, is_allowed) = drag.follow([7.0, 0.1]);
        assert_eq!((place, is_allowed), (span((0, 0), (0, 0)), true));
    }
}
