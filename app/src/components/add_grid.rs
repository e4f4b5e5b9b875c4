//! A button beside the tabs that asks how a new grid shall begin.

use leptos::prelude::*;

use super::Icon;
use crate::arrange::{Dialog, Workspace};

/// Opens the form of a new grid, while grids are arranged.
#[component]
pub(crate) fn AddGrid() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <button
            type="button"
            class="icon-button tab-add"
            aria-label="Add grid"
            title="Add grid"
            data-testid="grid-add"
            on:click=move |_| workspace.dialog.set(Some(Dialog::AddGrid))
        >
            {Icon::Plus.view()}
        </button>
    }
    .into_any()
}
