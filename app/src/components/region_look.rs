//! The name and the colour of a region, and who changed it last.

use leptos::prelude::*;
use shared::plot::N_SERIES_COLOURS;

use crate::regions::Desk;

/// Fields of the region that is meant.
#[component]
pub(crate) fn RegionLook(
    /// Where it is edited.
    desk: StoredValue<Desk, LocalStorage>,
) -> impl IntoView {
    let region = Memo::new(move |_| desk.with_value(Desk::selected));
    let name = move || region.with(|it| it.as_ref().map_or_else(String::new, |it| it.name.clone()));
    let by = move || {
        region.with(|it| {
            it.as_ref()
                .map_or_else(String::new, |it| it.changed_by.clone())
        })
    };
    let rename = move |text: String| {
        let text = text.trim().to_owned();
        desk.with_value(|it| it.change("rename", |region| region.name = text));
    };
    let swatch = move |colour: u8| {
        let is_its = move || region.with(|it| it.as_ref().is_some_and(|it| it.colour == colour));
        let paint =
            move |_| desk.with_value(|it| it.change("colour", |region| region.colour = colour));
        view! {
            <button
                type="button"
                class=format!("swatch swatch-{colour}")
                aria-label=format!("Colour {}", colour + 1)
                aria-pressed=move || is_its().to_string()
                data-testid=format!("region-colour-{colour}")
                on:click=paint
            ></button>
        }
    };
    view! {
        <label class="edit-field">
            "Name"
            <input
                class="text"
                data-testid="region-name"
                maxlength="60"
                prop:value=name
                on:change:target=move |event| rename(event.target().value())
            />
        </label>
        <div class="swatches" role="group" aria-label="Colour">
            {(0..N_SERIES_COLOURS as u8).map(swatch).collect_view()}
        </div>
        <span class="region-by" data-testid="region-by">
            "changed by "
            {by}
        </span>
    }
    .into_any()
}
