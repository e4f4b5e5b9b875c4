//! The rules, one by one.

use super::*;
use crate::topology::{JsonText, LayerConfig};
use crate::version::{Epoch, Revision, Stamp};

fn grid_id(n: u32) -> GridId {
    GridId::derived(&n.to_string())
}

fn cell_id(n: u32) -> CellId {
    CellId::derived(&n.to_string())
}

fn layer_id(n: u32) -> LayerId {
    LayerId::derived(&n.to_string())
}

fn grid(n: u32, nrows: u32, ncols: u32) -> Piece {
    Piece::Grid(Grid {
        id: grid_id(n),
        title: format!("Grid {n}"),
        nrows,
        ncols,
        enabled: true,
        order: n as i32,
    })
}

fn cell(n: u32, grid: u32, (row, col): (u32, u32), (row_span, col_span): (u32, u32)) -> Piece {
    Piece::Cell(Cell {
        id: cell_id(n),
        grid: grid_id(grid),
        geometry: CellGeometry {
            row,
            col,
            row_span,
            col_span,
        },
        title: None,
    })
}

fn layer(n: u32, cell: u32) -> Piece {
    Piece::Layer(Layer {
        id: layer_id(n),
        cell: cell_id(cell),
        order: 0,
        title: "Counts".to_owned(),
        config: LayerConfig {
            plotter: "image".to_owned(),
            sources: BTreeMap::new(),
            params: JsonText::empty(),
        },
        hidden: false,
    })
}

fn arranged(pieces: impl IntoIterator<Item = Piece>) -> Arrangement {
    let mut arrangement = Arrangement::default();
    pieces.into_iter().for_each(|piece| arrangement.put(piece));
    arrangement
}

/// A grid of two by two with a cell of one layer at its top left, and one of two rows beside it.
fn usual() -> Arrangement {
    arranged([
        grid(0, 2, 2),
        cell(0, 0, (0, 0), (1, 1)),
        layer(0, 0),
        cell(1, 0, (0, 1), (2, 1)),
        layer(1, 1),
    ])
}

/// What is said against the usual arrangement with `pieces` put and `gone` removed.
fn refusal(pieces: impl IntoIterator<Item = Piece>, gone: &[PieceId]) -> Option<String> {
    let before = usual();
    let mut after = before.clone();
    pieces.into_iter().for_each(|piece| after.put(piece));
    for id in gone {
        after.remove(*id);
    }
    let misfit = after.check(&before).err()?;
    let field = misfit
        .field
        .as_ref()
        .map_or(String::new(), |it| format!("{it}: "));
    Some(format!("{field}{misfit}"))
}

fn assert_refused(pieces: impl IntoIterator<Item = Piece>, gone: &[PieceId], part: &str) {
    let said = refusal(pieces, gone).expect("this is refused");
    assert!(said.contains(part), "{said} lacks {part}");
}

#[test]
fn what_fits_is_not_refused() {
    assert_eq!(refusal([], &[]), None);
    assert_eq!(
        refusal([cell(2, 0, (1, 0), (1, 1))], &[]),
        None,
        "empty at first"
    );
    assert_eq!(refusal([grid(0, 2, 3)], &[]), None);
    let swapped = [cell(0, 0, (0, 1), (2, 1)), cell(1, 0, (0, 0), (1, 1))];
    assert_eq!(refusal(swapped, &[]), None, "two cells change places");
    assert_eq!(refusal([], &[PieceId::Cell(cell_id(0))]), None);
    assert_eq!(refusal([], &[PieceId::Grid(grid_id(0))]), None);
    let moved = [layer(2, 0)];
    assert_eq!(
        refusal(moved, &[PieceId::Layer(layer_id(0))]),
        None,
        "replaced"
    );
}

#[test]
fn cells_have_a_place_of_their_own_within_their_grid() {
    assert_refused(
        [cell(2, 0, (1, 1), (1, 1))],
        &[],
        "the plot at row 2, column 2 would overlap \"Counts\" at row 1, column 2",
    );
    assert_refused(
        [cell(2, 0, (1, 0), (2, 1))],
        &[],
        "leave the grid of 2 rows",
    );
    assert_refused([cell(2, 0, (0, u32::MAX), (1, 2))], &[], "leave the grid");
    assert_refused([cell(2, 0, (0, 0), (0, 1))], &[], "geometry.row_span: ");
    assert_refused(
        [cell(2, 7, (0, 0), (1, 1))],
        &[],
        "grid of this cell does not exist",
    );
    let grid_gone = [PieceId::Grid(grid_id(0))];
    let mut after = usual();
    after.remove(grid_gone[0]);
    after.put(cell(2, 0, (0, 0), (1, 1)));
    assert!(after.check(&usual()).is_err());
}

#[test]
fn grids_hold_their_cells_and_have_a_title() {
    assert_refused([grid(0, 1, 2)], &[], "need 2 rows and 2 columns");
    assert_refused([grid(1, 0, 2)], &[], "nrows: ");
    assert_refused([grid(1, 2, 25)], &[], "ncols is 25: use 1 to 24");
    let titled = |title: &str| {
        let Piece::Grid(it) = grid(1, 1, 1) else {
            unreachable!("a grid is a grid")
        };
        let title = title.to_owned();
        [Piece::Grid(Grid { title, ..it })]
    };
    assert_refused(titled("  "), &[], "title: ");
    assert_refused(titled(&"é".repeat(201)), &[], "longer than 200");
    assert_refused(titled("a\nb"), &[], "line break");
    assert_eq!(refusal(titled(&"é".repeat(200)), &[]), None);
}

#[test]
fn a_cell_keeps_a_layer_and_not_too_many() {
    assert_refused(
        [],
        &[PieceId::Layer(layer_id(0))],
        "remove the cell instead",
    );
    assert_refused([layer(0, 1)], &[], "remove the cell instead");
    assert_refused([layer(2, 9)], &[], "cell of this layer does not exist");
    assert_eq!(refusal((2..33).map(|n| layer(n, 0)), &[]), None);
    assert_refused((2..34).map(|n| layer(n, 0)), &[], "32 layers at most");
    assert_refused((1..201).map(|n| grid(n, 1, 1)), &[], "200 grids at most");
}

#[test]
fn what_was_wrong_before_hinders_nobody() {
    let before = arranged([grid(0, 1, 1), cell(0, 0, (3, 0), (1, 1))]);
    let mut after = before.clone();
    after.put(grid(1, 2, 2));
    assert_eq!(after.check(&before), Ok(()));
}

#[test]
fn free_places_are_found_in_reading_order() {
    let usual = usual();
    let place = usual.first_free(grid_id(0), 1, 1).unwrap();
    assert_eq!((place.row, place.col), (1, 0));
    assert_eq!(usual.first_free(grid_id(0), 2, 1), None);
    assert_eq!(usual.first_free(grid_id(7), 1, 1), None);
    assert_eq!(usual.least_size(grid_id(0)), (2, 2));
    let own = CellGeometry {
        row_span: 2,
        ..CellGeometry::between((0, 0), (0, 0))
    };
    assert!(!usual.is_free(grid_id(0), own, None));
    assert!(usual.is_free(grid_id(0), own, Some(cell_id(0))));
}

#[test]
fn what_moves_out_of_something_removed_stays() {
    let based_on = Stamp {
        epoch: Epoch::random(),
        revision: Revision(1),
    };
    let mut after = usual();
    after.apply(&[
        Step::Remove {
            piece: PieceId::Cell(cell_id(0)),
            based_on: Some(based_on),
            as_of: None,
        },
        Step::Put {
            piece: layer(0, 1),
            based_on: Some(based_on),
        },
    ]);
    assert_eq!(after.layers_of(cell_id(1)).count(), 2);
    assert_eq!(after.check(&usual()), Ok(()));
}
