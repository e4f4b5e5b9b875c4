//! The name and the colour of a region, and who changed it last.

use leptos::prelude::*;

use super::Swatches;
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
    let colour = Signal::derive(move || region.with(|it| it.as_ref().map(|it| it.colour.into())));
    let paint = Callback::new(move |colour: usize| {
        desk.with_value(|it| it.change("colour", |region| region.colour = colour as u8));
    });
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
        <Swatches label="Colour" testid="region-colour" chosen=colour paint />
        <span class="region-by" data-testid="region-by">
            "changed by "
            {by}
        </span>
    }
    .into_any()
}
