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

/// Exchanges a grid's tab with the one `by` places further. All are numbered anew: shipped grids may share a number.
pub fn shift_tab(arrangement: &mut Arrangement, tabs: &[GridId], id: GridId, by: isize) {
    let at = tabs.iter().position(|it| *it == id);
    let Some((at, to)) = at.and_then(|at| Some((at, at.checked_add_signed(by)?))) else {
        return;
    };
    let mut tabs = tabs.to_vec();
    if to < tabs.len() {
        tabs.swap(at, to);
    }
    for (order, id) in tabs.iter().enumerate() {
        if let Some(grid) = arrangement.grids.get_mut(id) {
            grid.order = order as i32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_changes_places_with_the_one_beside() {
        let mut arrangement = Arrangement::default();
        for _ in 0..3 {
            add_grid(&mut arrangement, &empty_grid());
        }
        for grid in arrangement.grids.values_mut() {
            grid.order = 0;
        }
        let tabs: Vec<GridId> = arrangement.grids.keys().copied().collect();
        let orders = |arrangement: &Arrangement| -> Vec<i32> {
            arrangement.grids.values().map(|it| it.order).collect()
        };
        shift_tab(&mut arrangement, &tabs, tabs[0], -1);
        assert_eq!(
            orders(&arrangement),
            [0, 0, 0],
            "there is none before the first"
        );
        shift_tab(&mut arrangement, &tabs, tabs[0], 1);
        assert_eq!(orders(&arrangement), [1, 0, 2]);
        shift_tab(&mut arrangement, &tabs, tabs[2], -1);
        assert_eq!(orders(&arrangement), [0, 2, 1]);
    }

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
