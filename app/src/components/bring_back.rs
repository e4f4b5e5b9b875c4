//! Offers what this page itself took away.

use leptos::prelude::*;
use shared::id::GridId;

use crate::arrange::{Way, Workspace};
use crate::live::Live;

/// A button, where the next step back or forth of this page has the grid again.
#[component]
pub(crate) fn BringBack(
    /// The grid.
    id: GridId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let way = Memo::new(move |_| workspace.way_to(id.into()));
    let go = move |_| match way.get_untracked() {
        Some(Way::Back) => workspace.undo(&live),
        Some(Way::Forth) => workspace.redo(&live),
        None => {}
    };
    view! {
        <button
            type="button"
            class="button button-main bring-back"
            hidden=move || way.get().is_none()
            data-testid="grid-bring-back"
            on:click=go
        >
            "Bring it back"
        </button>
    }
    .into_any()
}
