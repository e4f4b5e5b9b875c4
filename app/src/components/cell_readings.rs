//! The newest single values of a cell, for readers without JavaScript.

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::format::exact;

use crate::live::Live;
use crate::snapshot::Reading;

/// Values as the server knew them when it rendered the page.
#[component]
pub(crate) fn CellReadings(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let readings = Memo::new(move |_| {
        let layers = live.shown_in(&id);
        let of_layer = |id| live.readings.signal(id).get().unwrap_or_default();
        layers
            .iter()
            .flat_map(|layer| of_layer(&layer.id))
            .collect::<Vec<_>>()
    });
    view! {
        <dl class="readings without-script" hidden=true data-testid="readings">
            {move || readings.get().into_iter().map(entry).collect_view()}
        </dl>
    }
}

fn entry(reading: Reading) -> impl IntoView {
    let value = reading.value.map_or_else(|| "–".to_owned(), exact);
    view! {
        <dt>{reading.name}</dt>
        <dd>
            <span class="reading-value">{value}</span>
            " "
            {reading.unit}
        </dd>
    }
}
