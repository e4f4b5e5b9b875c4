//! How many sessions look at each grid.

use std::collections::BTreeMap;

use shared::id::GridId;

/// Lookers by grid; only grids that somebody looks at are in it.
#[derive(Debug, Default)]
pub(super) struct Looks(BTreeMap<GridId, usize>);

impl Looks {
    /// One session more looks at `grids`.
    pub(super) fn add(&mut self, grids: &[GridId]) {
        for grid in grids {
            *self.0.entry(*grid).or_default() += 1;
        }
    }

    /// One session less looks at `grids`.
    pub(super) fn remove(&mut self, grids: &[GridId]) {
        for grid in grids {
            if let Some(count) = self.0.get_mut(grid) {
                *count -= 1;
                if *count == 0 {
                    self.0.remove(grid);
                }
            }
        }
    }

    /// How many look at `grid`.
    pub(super) fn count(&self, grid: GridId) -> usize {
        self.0.get(&grid).copied().unwrap_or_default()
    }

    /// Whether somebody looks at `grid`.
    pub(super) fn any_at(&self, grid: GridId) -> bool {
        self.0.contains_key(&grid)
    }

    /// The grids that somebody looks at.
    pub(super) fn grids(&self) -> impl Iterator<Item = GridId> {
        self.0.keys().copied()
    }
}
