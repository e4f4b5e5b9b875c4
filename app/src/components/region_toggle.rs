//! Begins and ends editing the regions on a cell's image, and whether images show regions.

use leptos::prelude::*;
use shared::id::CellId;

use super::{Icon, IconButton};
use crate::live::Live;
use crate::regions::Regions;

/// A button in the head of cells that show the plane of regions.
#[component]
pub(crate) fn RegionToggle(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let regions = expect_context::<Regions>();
    // On another plane what was begun can still be ended.
    let is_offered = Memo::new(move |_| {
        let is_edited = regions.cell.get() == Some(id);
        is_edited || !regions.jobs_on(&live, &id).is_empty()
    });
    view! {
        <Show when=move || is_offered.get()>
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
