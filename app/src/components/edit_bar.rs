//! What can be done to a whole grid while it is arranged.

use leptos::prelude::*;
use shared::id::GridId;
use shared::topology::{Arrangement, Grid, MAX_LINES};

use super::{HistoryButtons, Icon, IconButton, OwnName, SharedText, TabButtons};
use crate::arrange::{Dialog, Workspace};
use crate::live::Live;

/// Title, size, place among the tabs, and the history of this page's edits.
#[component]
pub(crate) fn EditBar(
    /// The grid.
    id: GridId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let grid = live.grids.signal(&id);
    let title = Memo::new(move |_| {
        grid.with(|it| it.as_ref().map_or_else(String::new, |it| it.title.clone()))
    });
    let rename = {
        let live = live.clone();
        Callback::new(move |text: String| {
            workspace.edit(&live, format!("rename to {text}"), move |it| {
                with_grid(it, id, |grid| text.trim().clone_into(&mut grid.title));
            });
        })
    };
    let add = {
        let live = live.clone();
        move |_| workspace.begin_plot(&live, id)
    };
    view! {
        <div class="edit-bar" role="toolbar" aria-label="Arrange this grid" data-testid="edit-bar">
            <label class="edit-field">
                "Title"
                <SharedText class="text" testid="grid-title" shared=title write=rename />
            </label>
            <Lines id name="Rows" testid="grid-rows" of=|it| &mut it.nrows />
            <Lines id name="Columns" testid="grid-cols" of=|it| &mut it.ncols />
            <Shift id by=-1 icon=Icon::Left name="Move tab left" testid="grid-left" />
            <Shift id by=1 icon=Icon::Right name="Move tab right" testid="grid-right" />
            <button type="button" class="button" data-testid="add-plot" on:click=add>
                {Icon::Plus.view()}
                "Add plot"
            </button>
            <HistoryButtons />
            <OwnName />
            <TabButtons id />
            <Export id />
            <IconButton
                icon=Icon::Ribbon
                name="Keep as template"
                testid="grid-keep"
                on_press=move |()| workspace.dialog.set(Some(Dialog::KeepTemplate(id)))
            />
            <button
                type="button"
                class="button"
                data-testid="grid-remove"
                on:click=move |_| workspace.dialog.set(Some(Dialog::RemoveGrid(id)))
            >
                {Icon::Close.view()}
                "Remove grid"
            </button>
        </div>
    }
    .into_any()
}

/// Saves the grid as a file.
#[component]
fn Export(id: GridId) -> impl IntoView {
    view! {
        <a
            class="button"
            href=format!("/api/v1/grids/{id}/yaml")
            download=""
            title="Save this grid as a file"
            data-testid="grid-export"
        >
            "Export"
        </a>
    }
}

/// A number of rows or columns.
#[component]
fn Lines(
    id: GridId,
    name: &'static str,
    testid: &'static str,
    of: fn(&mut Grid) -> &mut u32,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let grid = live.grids.signal(&id);
    let lines = Memo::new(move |_| grid.get().map(|mut it| *of(&mut it)).unwrap_or_default());
    // Bumped when a number was refused, so that the field shows what holds.
    let refused = RwSignal::new(0_u32);
    let set = move |text: String| {
        if let Ok(wanted) = text.parse::<u32>() {
            let label = format!("{} {wanted}", name.to_lowercase());
            workspace.edit(&live, label, move |it| {
                with_grid(it, id, |grid| *of(grid) = wanted);
            });
        }
        refused.update(|it| *it += 1);
    };
    view! {
        <label class="edit-field">
            {name}
            <input
                type="number"
                class="number"
                min="1"
                max=MAX_LINES
                data-testid=testid
                prop:value=move || {
                    refused.track();
                    lines.get()
                }
                on:change:target=move |event| set(event.target().value())
            />
        </label>
    }
}

/// Changes places with the tab beside.
#[component]
fn Shift(
    id: GridId,
    by: isize,
    icon: Icon,
    name: &'static str,
    testid: &'static str,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let is_off = {
        let tabs = live.tabs.clone();
        Memo::new(move |_| {
            let at = tabs.with(|tabs| tabs.iter().position(|it| *it == id));
            let to = at.and_then(|at| at.checked_add_signed(by));
            to.is_none_or(|to| tabs.with(|tabs| to >= tabs.len()))
        })
    };
    let shift = move |()| workspace.shift_tab(&live, id, by);
    view! {
        <IconButton
            icon
            name
            testid
            is_off
            on_press=shift
        />
    }
}

fn with_grid(arrangement: &mut Arrangement, id: GridId, change: impl FnOnce(&mut Grid)) {
    if let Some(grid) = arrangement.grids.get_mut(&id) {
        change(grid);
    }
}
