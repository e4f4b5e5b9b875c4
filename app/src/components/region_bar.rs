//! What edits the regions on a cell's image: tools, a list, and what is known of the one that is meant.

use std::rc::Rc;

use leptos::prelude::*;
use shared::id::{CellId, RegionId};
use shared::plot::grips::AreaKind;

use super::{HistoryButtons, Icon, IconButton, OwnName, RegionLook, RegionNumbers, RegionSpectra};
use crate::arrange::Workspace;
use crate::live::Live;
use crate::regions::{Desk, Regions, Tool, foreign_changes};

/// The tools by name for tests, what they say, and what they do.
const TOOLS: [(&str, &str, Tool); 4] = [
    ("region-hold", "Select", Tool::Hold),
    (
        "region-rectangle",
        "Rectangle",
        Tool::Draw(AreaKind::Rectangle),
    ),
    ("region-polygon", "Polygon", Tool::Draw(AreaKind::Polygon)),
    ("region-ellipse", "Ellipse", Tool::Draw(AreaKind::Ellipse)),
];

/// A bar below the grid for as long as the regions of a cell are edited.
#[component]
pub(crate) fn RegionBar(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let regions = expect_context::<Regions>();
    let desk = Desk::new(live, workspace, regions, id);
    let known = desk.clone();
    Effect::new(move |before| foreign_changes(&known, before));
    regions.set_hand(Some(Rc::new(desk.clone())));
    Effect::new(move || {
        // Cells that are arranged have other handles.
        if workspace.is_editing.get() {
            regions.cell.set(None);
        }
    });
    let desk = StoredValue::new_local(desk);
    on_cleanup(move || {
        desk.try_with_value(Desk::leave);
    });
    let is_meant = move || desk.with_value(|it| it.selected().is_some());
    view! {
        <div
            class="region-bar"
            role="toolbar"
            aria-label="Regions of interest"
            data-testid="region-bar"
        >
            <div class="region-line region-commands">
                <Tools desk />
                <RegionList desk />
                <HistoryButtons />
                <Show when=is_meant>
                    <IconButton
                        icon=Icon::Close
                        name="Remove this region"
                        testid="region-remove"
                        on_press=move |()| desk.with_value(Desk::remove)
                    />
                </Show>
                <RegionSpectra id />
                <OwnName />
            </div>
            <div class="region-line region-fields">
                <Show when=is_meant fallback=|| "What is chosen is named, coloured and measured here.">
                    <RegionLook desk />
                    <RegionNumbers desk />
                </Show>
            </div>
            <button
                type="button"
                class="button button-main"
                data-testid="region-done"
                on:click=move |_| regions.cell.set(None)
            >
                "Done"
            </button>
            <p class="region-hint">
                <Inside desk />
                <Hint desk />
            </p>
        </div>
    }
    .into_any()
}

/// What the image shows inside the region that is meant.
#[component]
fn Inside(desk: StoredValue<Desk, LocalStorage>) -> impl IntoView {
    let told = Memo::new(move |_| {
        let region = desk.with_value(Desk::selected)?;
        desk.with_value(|it| it.reading(&region))
    });
    view! {
        <output class="region-reading" data-testid="region-reading">
            {move || told.get()}
        </output>
    }
    .into_any()
}

#[component]
fn Tools(desk: StoredValue<Desk, LocalStorage>) -> impl IntoView {
    let tool = desk.with_value(Desk::tool);
    let button = move |(testid, name, its): (&'static str, &'static str, Tool)| {
        view! {
            <button
                type="button"
                class="button"
                aria-pressed=move || (tool.get() == its).to_string()
                data-testid=testid
                on:click=move |_| desk.with_value(|it| it.choose(its))
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="region-tools" role="group" aria-label="Tool">
            {TOOLS.map(button).collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn RegionList(desk: StoredValue<Desk, LocalStorage>) -> impl IntoView {
    let regions = expect_context::<Regions>();
    let names = Memo::new(move |_| {
        let regions = desk.with_value(Desk::regions).into_iter();
        regions.map(|it| (it.id, it.name)).collect::<Vec<_>>()
    });
    let option = move |(id, name): (RegionId, String)| {
        view! {
            <option value=id.to_string() selected=move || regions.selected.get() == Some(id)>
                {name}
            </option>
        }
    };
    view! {
        <select
            class="select"
            aria-label="Region"
            data-testid="region-list"
            on:change:target=move |event| regions.selected.set(event.target().value().parse().ok())
        >
            <option value="" selected=move || regions.selected.get().is_none()>
                {move || if names.with(Vec::is_empty) { "no regions yet" } else { "none selected" }}
            </option>
            {move || names.get().into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// What hands and keys do now.
#[component]
fn Hint(desk: StoredValue<Desk, LocalStorage>) -> impl IntoView {
    let tool = desk.with_value(Desk::tool);
    let has_plane = Memo::new(move |_| desk.with_value(Desk::has_plane));
    let text = move || match tool.get() {
        _ if !has_plane.get() => {
            "This plane shows no regions: choose the one along the axes on which they lie."
        }
        Tool::Hold => {
            "Click a region, drag it or its handles. Keys: [ and ] choose, arrows move, with Shift they resize, Delete removes."
        }
        Tool::Draw(AreaKind::Polygon) => {
            "Click corner by corner; the first corner, a double click or Enter closes it, Escape begins anew."
        }
        Tool::Draw(_) => {
            "Drag from corner to corner. Enter on the focused figure makes one in the middle of the view."
        }
    };
    view! {
        <span title=text data-testid="region-hint">
            {text}
        </span>
    }
    .into_any()
}
