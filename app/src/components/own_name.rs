//! What others read who is here, and who changed something.

use leptos::prelude::*;

use crate::session::{keep_own_name, own_name};

/// The name of the person at this page, as a field.
#[component]
pub(crate) fn OwnName() -> impl IntoView {
    let name = RwSignal::new(own_name());
    view! {
        <label class="edit-field own-name" title="How others read who is here, and who changed something">
            "You"
            <input
                class="text"
                data-testid="own-name"
                maxlength="60"
                size="14"
                prop:value=move || name.get()
                on:change:target=move |event| name.set(keep_own_name(&event.target().value()))
            />
        </label>
    }
    .into_any()
}
