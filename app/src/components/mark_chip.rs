//! The mark of a cell: a shape and a word, in a place that never changes its size.

use leptos::prelude::*;

use crate::live::Mark;

/// Shows a [`Mark`].
#[component]
pub(crate) fn MarkChip(
    /// The mark to show.
    #[prop(into)]
    mark: Signal<Mark>,
) -> impl IntoView {
    view! {
        <span
            class="mark"
            role="img"
            data-testid="mark"
            data-mark=move || mark.get().name()
            aria-label=move || format!("{}: {}", mark.get().text(), mark.get().meaning())
            title=move || mark.get().meaning()
        >
            <span class="shape" aria-hidden="true"></span>
            <span class="mark-text" aria-hidden="true">
                {move || mark.get().text()}
            </span>
        </span>
    }
}
