//! What can be done to a grid as a whole: once more, or out of sight.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::id::GridId;

use super::{Icon, IconButton};
use crate::arrange::Workspace;
use crate::live::Live;

/// Duplicates the grid; hides its tab and shows it again.
#[component]
pub(crate) fn TabButtons(
    /// The grid.
    id: GridId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let grid = live.grids.signal(&id);
    let has_tab = Memo::new(move |_| grid.with(|it| it.as_ref().is_some_and(|it| it.enabled)));
    let navigate = StoredValue::new_local(use_navigate());
    let copy = {
        let live = live.clone();
        move |()| {
            // The copy comes when these buttons may be gone.
            let go = navigate.get_value();
            workspace.duplicate_grid(&live, id, move |to| go(to, NavigateOptions::default()));
        }
    };
    let hide = move |()| workspace.toggle_tab(&live, id);
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
