//! The line below a figure: what is under the cursor, and what limits the picture.

use leptos::prelude::*;
use shared::id::CellId;

use crate::live::Live;

/// A line of fixed height.
#[component]
pub(crate) fn CellFoot(
    /// The cell.
    id: CellId,
    /// What is under the cursor.
    #[prop(into)]
    readout: Signal<String>,
    /// The largest value in sight, shown while the cursor is elsewhere.
    #[prop(into)]
    peak: Signal<String>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let notes = Memo::new(move |_| live.remarks_of(&id).join(" · "));
    view! {
        <footer class="cell-foot">
            <span class="readout" data-testid="readout">
                {move || readout.get()}
            </span>
            <span
                class="readout"
                data-testid="peak"
                hidden=move || peak.with(String::is_empty) || !readout.with(String::is_empty)
            >
                "Peak: "
                {move || peak.get()}
            </span>
            <span class="figure-notes" data-testid="figure-notes" title=move || notes.get()>
                {move || notes.get()}
            </span>
        </footer>
    }
    .into_any()
}
