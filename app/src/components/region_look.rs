//! The name and the colour of a region, and who changed it last.

use leptos::prelude::*;

use super::{SharedText, Swatches};
use crate::browser::focus;
use crate::regions::Desk;

/// Fields of the region that is meant.
#[component]
pub(crate) fn RegionLook(
    /// Where it is edited.
    desk: StoredValue<Desk, LocalStorage>,
) -> impl IntoView {
    // With the last region that is meant the fields and buttons about it go.
    on_cleanup(focus::catch);
    let region = Memo::new(move |_| desk.with_value(Desk::selected));
    let name = Memo::new(move |_| {
        region.with(|it| it.as_ref().map_or_else(String::new, |it| it.name.clone()))
    });
    let by = move || {
        region.with(|it| {
            it.as_ref()
                .map_or_else(String::new, |it| it.changed_by.clone())
        })
    };
    let rename = Callback::new(move |text: String| {
        let text = text.trim().to_owned();
        desk.with_value(|it| it.change("rename", |region| region.name = text));
    });
    let colour = Signal::derive(move || region.with(|it| it.as_ref().map(|it| it.colour.into())));
    let paint = Callback::new(move |colour: usize| {
        desk.with_value(|it| it.change("colour", |region| region.colour = colour as u8));
    });
    view! {
        <label class="edit-field">
            "Name"
            <SharedText class="text" testid="region-name" max_length=60 shared=name write=rename />
        </label>
        <Swatches label="Colour" testid="region-colour" chosen=colour paint />
        <span class="region-by" data-testid="region-by">
            "changed by "
            {by}
        </span>
    }
    .into_any()
}
