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
    let who = Memo::new(move |_| {
        presence.with(|it| {
            let editor = it.editing.iter().find(|it| it.cell == id);
            editor.map(|it| it.name.clone())
        })
    });
    move || {
        let text = match &*who.get()? {
            "" => "Somebody else is changing this plot".to_owned(),
            who => format!("{who} is changing this plot"),
        };
        let title = text.clone();
        Some(
            view! {
                <span class="edited-mark" title=title data-testid="cell-edited">
                    {Icon::Pencil.view()}
                    <span class="visually-hidden">{text}</span>
                </span>
            }
            .into_any(),
        )
    }
}
