//! What can be done to a grid as a whole: once more, or out of sight.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::id::GridId;

use super::{Icon, IconButton};
use crate::arrange::{Workspace, copy_grid};
use crate::live::Live;
use crate::session::EditError;

/// Duplicates the grid; hides its tab and shows it again.
#[component]
pub(crate) fn TabButtons(
    /// The grid.
    id: GridId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let grid = live.grids.signal(&id);
    let title = {
        let grid = grid.clone();
        Memo::new(move |_| {
            grid.with(|it| it.as_ref().map_or_else(String::new, |it| it.title.clone()))
        })
    };
    let has_tab = Memo::new(move |_| grid.with(|it| it.as_ref().is_some_and(|it| it.enabled)));
    let navigate = StoredValue::new_local(use_navigate());
    let copy = {
        let live = live.clone();
        move |()| {
            let (to, teller) = (GridId::random(), live.clone());
            let show = move |outcome: Result<(), EditError>| match outcome {
                Ok(()) => navigate
                    .with_value(|go| go(&format!("/grids/{to}"), NavigateOptions::default())),
                Err(error) => teller.say(error.to_string()),
            };
            let label = format!("duplicate {}", title.get_untracked());
            workspace.edit_then(&live, label, move |it| copy_grid(it, id, to), show);
        }
    };
    let hide = move |()| {
        let enabled = !has_tab.get_untracked();
        let verb = if enabled { "show" } else { "hide" };
        let label = format!("{verb} the tab of {}", title.get_untracked());
        workspace.edit(&live, label, move |it| {
            if let Some(grid) = it.grids.get_mut(&id) {
                grid.enabled = enabled;
            }
        });
    };
    let icon = move || {
        if has_tab.get() {
            Icon::Eye
        } else {
            Icon::EyeOff
        }
    };
    let name = move || {
        if has_tab.get() {
            "Hide tab"
        } else {
            "Show tab"
        }
    };
    view! {
        <IconButton icon=Icon::Copy name="Duplicate grid" testid="grid-duplicate" on_press=copy />
        <IconButton
            icon=Signal::derive(icon)
            name=Signal::derive(move || name().to_owned())
            testid="grid-hide"
            on_press=hide
        />
    }
    .into_any()
}
