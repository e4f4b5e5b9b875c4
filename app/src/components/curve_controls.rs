//! Which curves of a figure are drawn, and in which colours.

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::N_SERIES_COLOURS;

use super::Swatches;
use crate::figure::Choices;
use crate::live::Live;
use crate::present::{SeriesKey, series_of};

/// A switch and a colour per curve.
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
        let curves = layers.flat_map(of_layer).enumerate();
        let colour =
            |(position, (key, own)): (usize, (_, Option<usize>))| (key, own.unwrap_or(position));
        curves.map(colour).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || curves.with(|it| !it.is_empty())>
            <fieldset class="control-group" data-testid="curves">
                <legend>"Curves"</legend>
                <For
                    each=move || curves.get()
                    key=Clone::clone
                    let((key, colour))
                >
                    <CurveSwitch id key_of=key own=colour />
                </For>
            </fieldset>
        </Show>
    }
    .into_any()
}

#[component]
fn CurveSwitch(id: CellId, key_of: SeriesKey, own: usize) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let name = key_of.name.clone();
    let is_shown = {
        let (figure, key) = (figure.clone(), key_of.clone());
        Memo::new(move |_| figure.read(|it| !it.hidden.contains(&key)))
    };
    let chosen = {
        let (figure, key) = (figure.clone(), key_of.clone());
        Memo::new(move |_| figure.read(|it| it.colour_of(&key)))
    };
    let paint = {
        let (figure, key) = (figure.clone(), key_of.clone());
        Callback::new(move |colour: usize| figure.choose(|it| it.paint(&key, colour)))
    };
    let is_open = RwSignal::new(false);
    let shown = move || chosen.get().unwrap_or(own) % N_SERIES_COLOURS;
    view! {
        <div class="control-row curve-row">
            <label class="switch">
                <input
                    type="checkbox"
                    data-testid="curve"
                    prop:checked=move || is_shown.get()
                    on:change=move |_| figure.choose(|it| it.toggle(key_of.clone()))
                />
                {name.clone()}
            </label>
            <button
                type="button"
                class=move || format!("swatch swatch-{}", shown())
                aria-label=format!("Colour of {name}")
                aria-expanded=move || is_open.get().to_string()
                data-testid="curve-colours"
                on:click=move |_| is_open.update(|it| *it = !*it)
            ></button>
            <Show when=move || is_open.get()>
                <Swatches label=format!("Colour of {name}") testid="curve-colour" chosen paint />
            </Show>
        </div>
    }
}
