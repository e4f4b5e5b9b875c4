//! One plot of a grid with all the room, for this page alone. The address says which, so that a link or a reload keeps it.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::id::{CellId, GridId};

use super::{Icon, IconButton};
use crate::arrange::Workspace;
use crate::browser::focus;
use crate::live::Live;

/// What of the address says which plot is alone.
const QUERY: &str = "cell";

/// Which plot of the grid on the screen has all the room; by context.
#[derive(Clone, Copy)]
pub(crate) struct Maximised {
    grid: GridId,
    cell: Memo<Option<CellId>>,
}

impl Maximised {
    /// What the address says. While a grid is arranged, all of it is shown.
    pub(crate) fn of_address(live: &Live, grid: GridId) -> Self {
        let query = use_query_map();
        let is_editing = expect_context::<Workspace>().is_editing;
        let cells = live.cells_of.signal(&grid);
        let cell = Memo::new(move |_| {
            let named = query.with(|it| it.get_str(QUERY)?.parse::<CellId>().ok());
            let is_here =
                |id: &CellId| cells.with(|it| it.as_ref().is_some_and(|it| it.contains(id)));
            named.filter(|id| !is_editing.get() && is_here(id))
        });
        Self { grid, cell }
    }

    /// The plot, if one is alone. Tracks it.
    pub(crate) fn get(self) -> Option<CellId> {
        self.cell.get()
    }

    /// Gives all the room to a plot, or what it had back to each.
    pub(crate) fn setter(self) -> impl Fn(Option<CellId>) + Clone + 'static {
        let navigate = use_navigate();
        let grid = self.grid;
        move |cell| {
            let options = NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            };
            let address = match cell {
                Some(cell) => format!("/grids/{grid}?{QUERY}={cell}"),
                None => format!("/grids/{grid}"),
            };
            navigate(&address, options);
        }
    }

    /// M gives all the room to a plot, or gives it back.
    pub(crate) fn key_handler(self, id: CellId) -> impl Fn(ev::KeyboardEvent) + Clone + 'static {
        let set = self.setter();
        let workspace = expect_context::<Workspace>();
        move |event| {
            let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
            let is_free =
                !focus::is_taken(&event) && workspace.dialog.with_untracked(Option::is_none);
            if event.key() == "m" && is_plain && is_free {
                let is_alone = self.cell.get_untracked() == Some(id);
                set((!is_alone).then_some(id));
            }
        }
    }

    /// Escape gives the room back.
    pub(crate) fn listen(self) {
        let set = self.setter();
        let workspace = expect_context::<Workspace>();
        Effect::new(move || {
            let set = set.clone();
            let keys = window_event_listener(ev::keydown, move |event| {
                let is_free = !event.default_prevented()
                    && !focus::is_taken(&event)
                    && workspace.dialog.with_untracked(Option::is_none);
                if event.key() == "Escape" && is_free && self.cell.get_untracked().is_some() {
                    set(None);
                }
            });
            on_cleanup(move || keys.remove());
        });
    }
}

/// Gives a plot all the room, or gives it back.
#[component]
pub(crate) fn MaximiseButton(
    /// The plot.
    id: CellId,
) -> impl IntoView {
    let maximised = expect_context::<Maximised>();
    let is_alone = Memo::new(move |_| maximised.get() == Some(id));
    let set = StoredValue::new_local(maximised.setter());
    let press = move |()| {
        let cell = (!is_alone.get_untracked()).then_some(id);
        set.with_value(|set| set(cell));
    };
    let icon = move || {
        if is_alone.get() {
            Icon::Minimise
        } else {
            Icon::Maximise
        }
    };
    let name = move || {
        if is_alone.get() {
            "Show the whole grid (M or Esc)"
        } else {
            "Show this plot alone (M)"
        }
    };
    view! {
        <IconButton
            icon=Signal::derive(icon)
            name=Signal::derive(move || name().to_owned())
            testid="maximise"
            on_press=press
        />
    }
    .into_any()
}
