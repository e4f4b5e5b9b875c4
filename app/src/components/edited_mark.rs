//! Says that somebody else changes a plot just now.

use leptos::prelude::*;
use shared::id::CellId;

use super::Icon;
use crate::live::Live;

/// A pencil in the cell's head; nothing while nobody else changes it.
#[component]
pub(crate) fn EditedMark(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let presence = expect_context::<Live>().presence;
    let is_edited = Memo::new(move |_| presence.with(|it| it.editing.contains(&id)));
    move || {
        is_edited.get().then(|| {
            view! {
                <span
                    class="edited-mark"
                    title="Somebody else is changing this plot"
                    data-testid="cell-edited"
                >
                    {Icon::Pencil.view()}
                    <span class="visually-hidden">"Somebody else is changing this plot"</span>
                </span>
            }
            .into_any()
        })
    }
}
