//! Begins and ends editing the regions on a cell's image, and whether images show regions.

use leptos::prelude::*;
use shared::id::CellId;

use super::{Icon, IconButton};
use crate::live::Live;
use crate::regions::{Regions, jobs_of};

/// A button in the head of cells with an image.
#[component]
pub(crate) fn RegionToggle(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let regions = expect_context::<Regions>();
    let has_image = Memo::new(move |_| !jobs_of(&live, &id).is_empty());
    view! {
        <Show when=move || has_image.get()>
            <span
                class="region-toggle needs-script"
                data-on=move || (regions.cell.get() == Some(id)).to_string()
            >
                <IconButton
                    icon=Icon::Region
                    name="Regions of interest"
                    testid="region-toggle"
                    on_press=move |()| regions.toggle(id)
                />
            </span>
        </Show>
    }
    .into_any()
}

/// A switch for this page.
#[component]
pub(crate) fn RegionSwitch() -> impl IntoView {
    let are_shown = expect_context::<Regions>().are_shown;
    view! {
        <label class="control-row">
            <input
                type="checkbox"
                data-testid="regions-shown"
                prop:checked=move || are_shown.get()
                on:change:target=move |event| are_shown.set(event.target().checked())
            />
            "Show regions of interest"
        </label>
    }
    .into_any()
}
