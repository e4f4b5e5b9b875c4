//! Which colours stand for values.

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::ColourMap;

use super::PercentileControl;
use crate::figure::Choices;

/// A list of all colour maps.
#[component]
pub(crate) fn ColourMapControl(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let chosen = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| it.colours))
    };
    let choose = move |name: String| {
        if let Some(map) = ColourMap::ALL.into_iter().find(|it| it.name() == name) {
            figure.choose(|it| it.colours = map);
        }
    };
    let option = move |map: ColourMap| {
        view! {
            <option value=map.name() selected=move || chosen.get() == map>
                {map.name()}
            </option>
        }
    };
    view! {
        <fieldset class="control-group">
            <legend>"Colours"</legend>
            <div class="control-row">
                <select
                    class="select"
                    aria-label="Colour map"
                    data-testid="colour-map"
                    on:change:target=move |event| choose(event.target().value())
                >
                    {ColourMap::ALL.map(option).collect_view()}
                </select>
            </div>
            <PercentileControl id />
        </fieldset>
    }
    .into_any()
}
