//! Grids that are added: empty ones, those that the instrument offers, and those of a file.

use shared::id::GridId;
use shared::topology::{Arrangement, Grid, GridDraft, Piece};

use super::names::fresh_title;

/// A grid to begin with.
pub fn empty_grid() -> GridDraft {
    let grid = Grid {
        id: GridId::random(),
        title: "New grid".to_owned(),
        nrows: 2,
        ncols: 2,
        enabled: true,
        order: 0,
    };
    GridDraft {
        description: None,
        pieces: vec![Piece::Grid(grid)],
        remarks: Vec::new(),
    }
}

/// Puts a draft behind the other grids, under a title that none of them has.
pub fn add_grid(arrangement: &mut Arrangement, draft: &GridDraft) {
    let grids = arrangement.grids.values();
    let last = grids.clone().map(|it| it.order).max();
    let order = last.map_or(0, |last| last.saturating_add(1));
    let titles: Vec<String> = grids.map(|it| it.title.clone()).collect();
    for piece in draft.pieces.clone() {
        arrangement.put(match piece {
            Piece::Grid(grid) => Piece::Grid(Grid {
                title: fresh_title(&grid.title, titles.iter().map(String::as_str)),
                order,
                ..grid
            }),
            other => other,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_are_added_last_under_titles_of_their_own() {
        let mut arrangement = Arrangement::default();
        let drafts = [empty_grid(), empty_grid()];
        for draft in &drafts {
            add_grid(&mut arrangement, draft);
        }
        let told = drafts.each_ref().map(|draft| {
            let grid = &arrangement.grids[&draft.grid().expect("a grid").id];
            (grid.title.clone(), grid.order)
        });
        let expected = [("New grid".to_owned(), 0), ("New grid 2".to_owned(), 1)];
        assert_eq!(told, expected);
    }
}
