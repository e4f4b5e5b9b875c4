//! A quiet sign on a cell whose axes move with those of others.

use leptos::prelude::*;
use shared::id::CellId;

use super::Icon;
use crate::figure::Links;

/// Shown while the cell is linked with at least one other.
#[component]
pub(crate) fn LinkSign(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let links = expect_context::<Links>();
    let said = Memo::new(move |_| {
        let [x, y] = links.partners(id);
        let with = |axis: &str, n: usize| (n > 0).then(|| format!("{axis} with {n}"));
        let said: Vec<String> = [with("x", x), with("y", y)].into_iter().flatten().collect();
        (!said.is_empty()).then(|| format!("Linked: {}", said.join(", ")))
    });
    view! {
        <Show when=move || said.with(Option::is_some)>
            <span
                class="link-sign"
                role="img"
                aria-label=move || said.get()
                title=move || said.get()
                data-testid="link-sign"
            >
                {Icon::Link.view()}
            </span>
        </Show>
    }
    .into_any()
}
