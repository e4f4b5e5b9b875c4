//! The colours of curves and regions, to choose one of.

use leptos::prelude::*;
use shared::plot::{N_SERIES_COLOURS, SERIES_COLOUR_NAMES};

/// A button per colour.
#[component]
pub(crate) fn Swatches(
    /// What gets the colour.
    #[prop(into)]
    label: String,
    /// What the buttons are called, with a number after it.
    testid: &'static str,
    /// The colour that it has.
    #[prop(into)]
    chosen: Signal<Option<usize>>,
    /// Gives it another one.
    paint: Callback<usize>,
) -> impl IntoView {
    let swatch = move |colour: usize| {
        view! {
            <button
                type="button"
                class=format!("swatch swatch-{colour}")
                aria-label=SERIES_COLOUR_NAMES[colour]
                title=SERIES_COLOUR_NAMES[colour]
                aria-pressed=move || (chosen.get() == Some(colour)).to_string()
                data-testid=format!("{testid}-{colour}")
                on:click=move |_| paint.run(colour)
            ></button>
        }
    };
    view! {
        <div class="swatches" role="group" aria-label=label>
            {(0..N_SERIES_COLOURS).map(swatch).collect_view()}
        </div>
    }
    .into_any()
}
