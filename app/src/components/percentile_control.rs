//! Which part of the values the colours span.

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::Percentiles;

use crate::figure::Choices;

/// What is offered: so many percent are left out at each end.
const OFFERED: [u8; 3] = [1, 2, 5];

/// A list of percentiles, all values first.
#[component]
pub(crate) fn PercentileControl(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let chosen = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| it.percentiles))
    };
    let option = move |percentiles: Percentiles| {
        let title = percentiles.title();
        view! {
            <option value=title.clone() selected=move || chosen.get() == Some(percentiles)>
                {title.clone()}
            </option>
        }
    };
    let choose = move |title: String| {
        let mut offered = OFFERED.map(Percentiles::without).into_iter();
        let found = offered.find(|it| it.title() == title);
        figure.choose(|it| it.set_percentiles(found));
    };
    view! {
        <div class="control-row">
            <span>"Span"</span>
            <select
                class="select"
                aria-label="Values that the colours span"
                data-testid="percentiles"
                on:change:target=move |event| choose(event.target().value())
            >
                <option value="all" selected=move || chosen.get().is_none()>
                    "all values"
                </option>
                {OFFERED.map(Percentiles::without).map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}
