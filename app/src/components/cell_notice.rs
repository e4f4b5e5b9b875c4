//! What a cell says in words: why there is no picture, or why the one there is cannot be trusted.

use leptos::prelude::*;
use shared::id::{CellId, LayerId};
use shared::plot::UnitClash;

use crate::live::{Live, Note};

/// Messages of layers in trouble and of layers without data.
#[component]
pub(crate) fn CellNotice(
    /// The cell.
    id: CellId,
    /// The layers that cannot be drawn among the others, and why.
    clashes: Memo<Vec<(LayerId, UnitClash)>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let teller = live.clone();
    let notes = Memo::new(move |_| clashes.with(|it| teller.notes_of(&id, it)));
    // What is drawn all the same stays in sight.
    let is_beside = Memo::new(move |_| live.frames_in(&id).len() > clashes.with(Vec::len));
    let line = |note: Note| {
        let title = note.text.clone();
        view! {
            <li class="cell-note" data-note=note.kind title=title>
                <span class="shape" aria-hidden="true"></span>
                <span>{note.text}</span>
            </li>
        }
    };
    view! {
        <ul
            class="cell-notes"
            class:is-beside=move || is_beside.get()
            data-testid="cell-notes"
            hidden=move || notes.with(Vec::is_empty)
        >
            <For each=move || notes.get() key=Clone::clone children=line />
        </ul>
    }
}
