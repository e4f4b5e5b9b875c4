//! Edits that more than one place offers: a button while something is arranged, and a command.

use leptos::prelude::GetUntracked as _;
use shared::id::{CellId, GridId, LayerId};
use shared::topology::Grid;

use super::super::{copy_cell, copy_grid, place_for_copy, shift_tab};
use super::Workspace;
use crate::live::Live;

impl Workspace {
    /// Puts a plot once more on its grid.
    pub(crate) fn duplicate_cell(self, live: &Live, id: CellId) {
        let (arranged, _) = self.arranged(live);
        match place_for_copy(&arranged, id) {
            Ok((grid, place)) => {
                let cell = arranged.cells.get(&id);
                let title = cell.map_or_else(String::new, |it| arranged.title_of(it));
                let to = CellId::random();
                self.edit(live, format!("duplicate {title}"), move |it| {
                    copy_cell(it, id, to, grid, place);
                });
            }
            Err(reason) => live.say(reason),
        }
    }

    /// Adds a grid that holds the same; `show` gets its address once it is there.
    pub(crate) fn duplicate_grid(self, live: &Live, id: GridId, show: impl FnOnce(&str) + 'static) {
        let Some(Grid { title, .. }) = self.grid(live, id) else {
            return;
        };
        let (to, teller) = (GridId::random(), live.clone());
        self.edit_then(
            live,
            format!("duplicate {title}"),
            move |it| copy_grid(it, id, to),
            move |outcome| match outcome {
                Ok(()) => show(&format!("/grids/{to}")),
                Err(setback) => setback.tell(&teller),
            },
        );
    }

    /// Hides a grid's tab, or shows it again.
    pub(crate) fn toggle_tab(self, live: &Live, id: GridId) {
        let Some(Grid { title, enabled, .. }) = self.grid(live, id) else {
            return;
        };
        let verb = if enabled { "hide" } else { "show" };
        self.edit(live, format!("{verb} the tab of {title}"), move |it| {
            if let Some(grid) = it.grids.get_mut(&id) {
                grid.enabled = !enabled;
            }
        });
    }

    /// Exchanges a grid's tab with the one before or after.
    pub(crate) fn shift_tab(self, live: &Live, id: GridId, by: isize) {
        let Some(Grid { title, .. }) = self.grid(live, id) else {
            return;
        };
        let tabs = live.tabs.get_untracked();
        let side = if by < 0 { "left" } else { "right" };
        let label = format!("move the tab of {title} {side}");
        self.edit(live, label, move |it| shift_tab(it, &tabs, id, by));
    }

    /// Hides a layer, or shows it again.
    pub(crate) fn toggle_layer(self, live: &Live, id: LayerId) {
        let (arranged, _) = self.arranged(live);
        let Some(layer) = arranged.layers.get(&id) else {
            return;
        };
        let hidden = !layer.hidden;
        let verb = if hidden { "hide" } else { "show" };
        self.edit(live, format!("{verb} {}", layer.title), move |it| {
            if let Some(layer) = it.layers.get_mut(&id) {
                layer.hidden = hidden;
            }
        });
    }

    fn grid(self, live: &Live, id: GridId) -> Option<Grid> {
        self.arranged(live).0.grids.remove(&id)
    }
}
