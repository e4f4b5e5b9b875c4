//! What a cell says in words: why there is no picture, or why the one there is cannot be trusted.

use leptos::prelude::*;
use shared::id::CellId;

use crate::figure::Choices;
use crate::live::Live;

/// Messages of layers in trouble and of layers without data.
#[component]
pub(crate) fn CellNotice(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let choices = expect_context::<Choices>();
    let cut = Memo::new(move |_| choices.cut(id));
    let notes = Memo::new(move |_| live.notes_of(&id, cut.get()));
    view! {
        <ul class="cell-notes" data-testid="cell-notes" hidden=move || notes.with(Vec::is_empty)>
            <For each=move || notes.get() key=Clone::clone let:note>
                <li class="cell-note" data-note=note.kind>
                    <span class="shape" aria-hidden="true"></span>
                    <span>{note.text}</span>
                </li>
            </For>
        </ul>
    }
}
