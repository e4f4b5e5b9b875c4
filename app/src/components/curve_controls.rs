//! Which curves of a figure are drawn: what a click on its legend does, for keyboards.

use leptos::prelude::*;
use shared::id::CellId;

use crate::figure::Choices;
use crate::live::Live;
use crate::present::{SeriesKey, series_of};

/// A switch per curve, where there are several.
#[component]
pub(crate) fn CurveControls(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let curves = Memo::new(move |_| {
        let layers = live.frames_in(&id).into_iter();
        let of_layer = |(layer, _)| {
            let series = live
                .pictures
                .with_frame(layer, |it| series_of(layer, &it.frame));
            series.unwrap_or_default()
        };
        layers.flat_map(of_layer).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || curves.with(|it| it.len() > 1)>
            <fieldset class="control-group" data-testid="curves">
                <legend>"Curves"</legend>
                <For each=move || curves.get() key=Clone::clone let:key>
                    <CurveSwitch id key_of=key />
                </For>
            </fieldset>
        </Show>
    }
    .into_any()
}

#[component]
fn CurveSwitch(id: CellId, key_of: SeriesKey) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let name = key_of.name.clone();
    let is_shown = {
        let (figure, key) = (figure.clone(), key_of.clone());
        Memo::new(move |_| figure.read(|it| !it.hidden.contains(&key)))
    };
    view! {
        <div class="control-row">
            <label class="switch">
                <input
                    type="checkbox"
                    data-testid="curve"
                    prop:checked=move || is_shown.get()
                    on:change=move |_| figure.choose(|it| it.toggle(key_of.clone()))
                />
                {name}
            </label>
        </div>
    }
}
