//! Who is at each grid, by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::id::{GridId, SessionId};
use shared::presence::MAX_NAMES;

/// The people at grids; only grids with somebody are in it.
#[derive(Debug, Default)]
pub(super) struct People(BTreeMap<GridId, BTreeMap<SessionId, Arc<str>>>);

impl People {
    /// A session goes from one place to another; none is nowhere, or nobody.
    pub(super) fn move_to(
        &mut self,
        id: SessionId,
        from: Option<(GridId, Arc<str>)>,
        to: Option<(GridId, Arc<str>)>,
    ) {
        if let Some((grid, _)) = from
            && let Some(there) = self.0.get_mut(&grid)
        {
            there.remove(&id);
            if there.is_empty() {
                self.0.remove(&grid);
            }
        }
        if let Some((grid, name)) = to {
            self.0.entry(grid).or_default().insert(id, name);
        }
    }

    /// How many others are at a grid beside a session, and what some of them are called.
    pub(super) fn beside(&self, grid: GridId, id: SessionId) -> (usize, Vec<Arc<str>>) {
        let Some(there) = self.0.get(&grid) else {
            return (0, Vec::new());
        };
        let others = there.len() - usize::from(there.contains_key(&id));
        let names = there.iter().filter(|(other, _)| **other != id);
        let names = names.map(|(_, name)| Arc::clone(name)).take(MAX_NAMES);
        (others, names.collect())
    }
}
