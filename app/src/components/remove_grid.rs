//! Asks before a grid goes.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::id::GridId;

use crate::arrange::{Setback, Workspace};
use crate::live::Live;

/// What goes with the grid, and for whom.
#[component]
pub(crate) fn RemoveGrid(
    /// The grid.
    grid: GridId,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let title = live.grids.signal(&grid).get_untracked();
    let title = title.map_or_else(String::new, |it| it.title);
    let plots = live.cells_of.signal(&grid).get_untracked();
    let plots = plots.map_or(0, |it| it.len());
    let label = format!("remove {title}");
    let navigate = use_navigate();
    let asked = untrack(|| workspace.arranged(&live));
    let remove = move |_| {
        let (navigate, teller) = (navigate.clone(), live.clone());
        let done = move |outcome: Result<(), Setback>| match outcome {
            Ok(()) => navigate(&beside(&teller, grid), NavigateOptions::default()),
            Err(setback) => setback.tell(&teller),
        };
        let (asked, label) = (asked.clone(), label.clone());
        workspace.edit_as_seen(&live, asked, label, move |it| it.remove(grid.into()), done);
        close.run(());
    };
    view! {
        <h2 id="dialog-title">{format!("Remove {title}?")}</h2>
        <p>
            {format!(
                "The grid and its {plots} plots go for everybody who looks at it. You can undo this as long as this page is open.",
            )}
        </p>
        <div class="dialog-actions">
            <button type="button" class="button" data-testid="cancel" on:click=move |_| close.run(())>
                "Keep it"
            </button>
            <button type="button" class="button button-danger" data-testid="confirm" on:click=remove>
                "Remove grid"
            </button>
        </div>
    }
}

/// The page of the grid whose tab is beside that of another. The first grid may be the one that is just being removed.
fn beside(live: &Live, grid: GridId) -> String {
    let tabs = live.tabs.get_untracked();
    let at = tabs.iter().position(|it| *it == grid);
    let mut others = tabs.iter().filter(|it| **it != grid);
    // Those before it are as many as its place says.
    let next = others
        .clone()
        .nth(at.unwrap_or_default())
        .or_else(|| others.next_back());
    next.map_or_else(|| "/".to_owned(), |id| format!("/grids/{id}"))
}
