//! Begins and ends arranging the grid on the screen.

use leptos::ev;
use leptos::html::Button;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Arranging, Icon};
use crate::arrange::Workspace;
use crate::browser::focus::{self, Origin};
use crate::pages::grid_of_path;

/// A button beside the tabs, on pages of grids.
#[component]
pub(crate) fn EditToggle() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let path = use_location().pathname;
    let is_grid = Memo::new(move |_| path.with(|it| grid_of_path(it).is_some()));
    let is_on = workspace.is_editing;
    let arranging = Arranging::in_use();
    // Without tools nothing is being arranged yet.
    let is_in_use = Memo::new(move |_| arranging().is_some());
    Effect::new(move || {
        let keys = window_event_listener(ev::keydown, move |event| {
            // A dialog has no focus yet while its part is on the way.
            let is_free =
                !focus::is_taken(&event) && workspace.dialog.with_untracked(Option::is_none);
            if is_free && is_grid.get_untracked() {
                on_key(&event, workspace);
            }
        });
        on_cleanup(move || keys.remove());
    });
    let button = NodeRef::<Button>::new();
    Effect::new(move |was_on: Option<bool>| {
        let is_on = is_in_use.get();
        if was_on == Some(true)
            && !is_on
            && let Some(button) = button.get_untracked()
        {
            Origin::of(&button).take_back();
        }
        is_on
    });
    view! {
        <button
            node_ref=button
            type="button"
            class="button edit-toggle needs-script"
            hidden=move || !is_grid.get()
            aria-pressed=move || is_in_use.get().to_string()
            title="Arrange this grid (E)"
            data-testid="edit-toggle"
            on:click=move |_| is_on.update(|it| *it = !*it)
        >
            {Icon::Pencil.view()}
            <span class="edit-toggle-text">{move || if is_in_use.get() { "Done" } else { "Arrange" }}</span>
        </button>
    }
    .into_any()
}

/// E begins and ends arranging.
fn on_key(event: &ev::KeyboardEvent, workspace: Workspace) {
    let with_command = event.ctrl_key() || event.meta_key();
    if event.key() == "e" && !with_command && !event.alt_key() {
        workspace.is_editing.update(|it| *it = !*it);
        event.prevent_default();
    }
}
