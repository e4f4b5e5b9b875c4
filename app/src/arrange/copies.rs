//! Copies: what is arranged once more, under ids of its own.

use shared::id::{CellId, GridId, LayerId};
use shared::topology::{Arrangement, CellGeometry};

use super::names::fresh_title;

/// Copies a grid with its cells and their layers. The copy has a tab, the last one.
pub fn copy_grid(arrangement: &mut Arrangement, from: GridId, to: GridId) {
    let Some(mut grid) = arrangement.grids.get(&from).cloned() else {
        return;
    };
    let cells: Vec<_> = arrangement.cells_of(from).cloned().collect();
    let others = arrangement.grids.values();
    grid.title = fresh_title(&grid.title, others.clone().map(|it| it.title.as_str()));
    grid.order = others
        .map(|it| it.order)
        .max()
        .map_or(0, |last| last.saturating_add(1));
    grid.enabled = true;
    grid.id = to;
    arrangement.grids.insert(to, grid);
    for cell in cells {
        let copy = CellId::random();
        copy_cell(arrangement, cell.id, copy, to, cell.geometry);
    }
}

/// Copies a cell with its layers to a place of a grid.
pub fn copy_cell(
    arrangement: &mut Arrangement,
    from: CellId,
    to: CellId,
    grid: GridId,
    geometry: CellGeometry,
) {
    let Some(mut cell) = arrangement.cells.get(&from).cloned() else {
        return;
    };
    (cell.id, cell.grid, cell.geometry) = (to, grid, geometry);
    arrangement.cells.insert(to, cell);
    let layers: Vec<_> = arrangement.layers_of(from).cloned().collect();
    for mut layer in layers {
        (layer.id, layer.cell) = (LayerId::random(), to);
        arrangement.layers.insert(layer.id, layer);
    }
}

/// The first free place of a cell's size in its grid, or why there is none.
pub fn place_for_copy(
    arrangement: &Arrangement,
    cell: CellId,
) -> Result<(GridId, CellGeometry), String> {
    let cell = arrangement
        .cells
        .get(&cell)
        .ok_or("This plot was removed meanwhile")?;
    let CellGeometry {
        row_span, col_span, ..
    } = cell.geometry;
    let place = arrangement.first_free(cell.grid, row_span, col_span);
    let place = place.ok_or_else(|| {
        format!(
            "There is no free place of {row_span} × {col_span} for a copy: give the grid another row or column, or \
             make the plot smaller"
        )
    })?;
    Ok((cell.grid, place))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::changes::tests::arranged;
    use super::*;

    #[test]
    fn a_copied_grid_holds_the_same_under_new_ids() {
        let mut arrangement = arranged();
        let before = arrangement.clone();
        let (from, to) = (GridId::derived("g"), GridId::derived("copy"));
        arrangement.grids.get_mut(&from).expect("there").enabled = false;
        copy_grid(&mut arrangement, from, to);
        assert_eq!(arrangement.check(&before), Ok(()));
        let copy = &arrangement.grids[&to];
        assert_eq!(
            (copy.title.as_str(), copy.order, copy.enabled),
            ("G 2", 1, true)
        );
        assert_eq!((copy.nrows, copy.ncols), (2, 2));
        let [cell] = arrangement.cells_of(to).collect::<Vec<_>>()[..] else {
            panic!("one cell");
        };
        let original = &before.cells[&CellId::derived("c")];
        assert_eq!(cell.geometry, original.geometry);
        let layers: BTreeSet<_> = arrangement.layers_of(cell.id).map(|it| &it.title).collect();
        assert_eq!(layers.len(), 1);
        assert_eq!(arrangement.layers.len(), 2, "the original keeps its own");
        let mut gone = arrangement.clone();
        gone.remove(to.into());
        assert_eq!(gone.layers, before.layers);
    }

    #[test]
    fn a_copied_cell_takes_the_first_place_of_its_size_and_says_when_there_is_none() {
        let mut arrangement = arranged();
        let cell = CellId::derived("c");
        let (grid, place) = place_for_copy(&arrangement, cell).expect("three places are free");
        assert_eq!(place, CellGeometry::between((0, 1), (0, 1)));
        let before = arrangement.clone();
        copy_cell(&mut arrangement, cell, CellId::derived("d"), grid, place);
        assert_eq!(arrangement.check(&before), Ok(()));
        assert_eq!(arrangement.layers_of(CellId::derived("d")).count(), 1);

        let held = arrangement.cells.get_mut(&cell).expect("there");
        held.geometry = CellGeometry::between((0, 0), (1, 0));
        let reason = place_for_copy(&arrangement, cell).expect_err("the other column is taken");
        assert!(reason.contains("2 × 1"), "{reason}");
    }
}
