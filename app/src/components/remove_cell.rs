//! Asks before a plot goes that others look at.

use leptos::prelude::*;
use shared::id::CellId;

use crate::arrange::Workspace;
use crate::live::{Live, cell_title};

/// What goes, and for how many.
#[component]
pub(crate) fn RemoveCell(
    /// The plot.
    cell: CellId,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let title = live.cells.signal(&cell).get_untracked();
    let title = title.map_or_else(String::new, |it| {
        cell_title(&it, &untrack(|| live.layers_in(&cell)))
    });
    let others = {
        let presence = live.presence.clone();
        move || match presence.with(|it| it.others) {
            1 => "One other looks at this grid".to_owned(),
            others => format!("{others} others look at this grid"),
        }
    };
    let label = format!("remove {title}");
    let remove = move |_| {
        workspace.edit(&live, label.clone(), |it| it.remove(cell.into()));
        close.run(());
    };
    view! {
        <h2 id="dialog-title">{format!("Remove {title}?")}</h2>
        <p>
            {others}
            ": the plot goes for everybody. You can undo this as long as this page is open."
        </p>
        <div class="dialog-actions">
            <button type="button" class="button" data-testid="cancel" on:click=move |_| close.run(())>
                "Keep it"
            </button>
            <button type="button" class="button button-danger" data-testid="confirm" on:click=remove>
                "Remove plot"
            </button>
        </div>
    }
    .into_any()
}
