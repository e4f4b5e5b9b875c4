//! Asks before a plot or a layer goes that others look at.

use leptos::prelude::*;
use shared::topology::PieceId;

use crate::arrange::{Setback, Workspace};
use crate::live::Live;

/// What goes, and for how many.
#[component]
pub(crate) fn RemovePiece(
    /// The plot or the layer.
    piece: PieceId,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let (kind, title) = untrack(|| named(&live, piece));
    let others = {
        let presence = live.presence.clone();
        move || presence.with(|it| format!("This grid is on the screen of {}, too", it.told()))
    };
    let label = format!("remove {title}");
    let asked = untrack(|| workspace.arranged(&live));
    let remove = move |_| {
        let teller = live.clone();
        let done = move |outcome: Result<(), Setback>| {
            if let Err(setback) = outcome {
                setback.tell(&teller);
            }
        };
        let (asked, label) = (asked.clone(), label.clone());
        workspace.edit_as_seen(&live, asked, label, move |it| it.remove(piece), done);
        close.run(());
    };
    view! {
        <h2 id="dialog-title">{format!("Remove {title}?")}</h2>
        <p>
            {others}
            {format!(
                ": the {kind} goes for everybody. You can undo this as long as this page is open.",
            )}
        </p>
        <div class="dialog-actions">
            <button type="button" class="button" data-testid="cancel" on:click=move |_| close.run(())>
                "Keep it"
            </button>
            <button type="button" class="button button-danger" data-testid="confirm" on:click=remove>
                {format!("Remove {kind}")}
            </button>
        </div>
    }
    .into_any()
}

/// What a piece is, and what it is called. Tracks it.
fn named(live: &Live, piece: PieceId) -> (&'static str, String) {
    match piece {
        PieceId::Layer(id) => {
            let layer = live.layers.signal(&id).get();
            ("layer", layer.map(|it| it.title).unwrap_or_default())
        }
        PieceId::Cell(id) => {
            let cell = live.cells.signal(&id).get();
            let title = cell.map(|it| it.full_title(&live.layers_in(&id)));
            ("plot", title.unwrap_or_default())
        }
        PieceId::Grid(_) | PieceId::Region(_) => ("piece", String::new()),
    }
}
