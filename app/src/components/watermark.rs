//! The date on pictures that may have been overtaken.

use leptos::prelude::*;
use shared::id::CellId;

use crate::browser::clock;
use crate::live::Live;

/// "as of" the newest data of a cell, while nobody can say whether there are newer ones.
#[component]
pub(crate) fn Watermark(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let as_of = Memo::new(move |_| live.as_of(&id));
    let text = RwSignal::new(String::new());
    Effect::new(move || {
        text.set(as_of.get().map_or_else(String::new, clock::as_of));
    });
    view! {
        <p class="watermark" data-testid="watermark" hidden=move || as_of.get().is_none()>
            {move || text.get()}
        </p>
    }
}
