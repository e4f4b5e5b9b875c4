//! `/grids/{id}`: one grid with its cells.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::id::GridId;

use crate::arrange::Workspace;
use crate::browser::focus::Origin;
use crate::components::{Arranging, CellView, EmptyState, Maximised, PartNotice, RegionEditing};
use crate::live::Live;
use crate::pages::{GoneGridPage, NotFoundPage};
use crate::part::Part;
use crate::readers::Lasting;
use crate::regions::Regions;

/// The grid that the address names.
#[component]
pub fn GridPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|it| it.get("id")?.parse::<GridId>().ok()));
    let place = {
        let live = live.clone();
        let workspace = expect_context::<Workspace>();
        Memo::new(move |before: Option<&Place>| match id.get() {
            Some(id) if live.grids.signal(&id).with(Option::is_some) => Place::Here(id),
            Some(id) if workspace.is_coming(&live, id.into()) => {
                // Somebody may have removed it before it came: then no signal of it ever changes.
                live.now.track();
                Place::Coming
            }
            Some(id) => Place::Gone {
                id,
                was_shown: before.is_some_and(|it| it.has_shown(id)),
            },
            None => Place::Nowhere,
        })
    };
    let lasting = Lasting::of_page();
    move || {
        let shown = place.get();
        lasting.shed_readers();
        match shown {
            Place::Here(id) => view! { <Cells id /> }.into_any(),
            Place::Coming => ().into_any(),
            Place::Gone { id, was_shown } => view! { <GoneGridPage id was_shown /> }.into_any(),
            Place::Nowhere => view! { <NotFoundPage /> }.into_any(),
        }
    }
}

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// To a grid.
    Here(GridId),
    /// To a grid that this page made, and that its synchronisation has not brought yet.
    Coming,
    /// To a grid that is not there.
    Gone { id: GridId, was_shown: bool },
    /// It names no grid.
    Nowhere,
}

impl Place {
    /// Whether the page had shown the grid.
    fn has_shown(self, grid: GridId) -> bool {
        match self {
            Self::Here(id) => id == grid,
            Self::Gone { id, was_shown } => id == grid && was_shown,
            Self::Coming | Self::Nowhere => false,
        }
    }
}

#[component]
fn Cells(id: GridId) -> impl IntoView {
    let live = expect_context::<Live>();
    let grid = live.grids.signal(&id);
    let title = {
        let grid = grid.clone();
        move || grid.with(|it| it.as_ref().map_or_else(String::new, |it| it.title.clone()))
    };
    let maximised = Maximised::of_address(&live, id);
    maximised.listen();
    provide_context(maximised);
    let class = Memo::new(move |_| match maximised.get() {
        Some(_) => lines_class(1, 1),
        None => grid.with(|it| {
            it.as_ref()
                .map_or_else(String::new, |it| lines_class(it.nrows, it.ncols))
        }),
    });
    let ids = move || match maximised.get() {
        Some(cell) => vec![cell],
        None => live.cells_of.signal(&id).get().unwrap_or_default(),
    };
    let is_empty = {
        let ids = ids.clone();
        Memo::new(move |_| ids().is_empty())
    };
    let is_editing = expect_context::<Workspace>().is_editing;
    let arranging = Arranging::in_use();
    view! {
        {move || arranging().map(|it| (it.edit_bar)(id))}
        <section class=class data-testid="grid" data-grid=id.to_string() data-alone=move || maximised.get().map(|_| "")>
            <h1 class="visually-hidden">{title}</h1>
            <For each=ids key=|id| *id let:cell>
                <CellView id=cell />
            </For>
            {move || arranging().map(|it| (it.slots)(id))}
        </section>
        <RegionPlace />
        <Show when=move || is_empty.get() && !is_editing.get()>
            <EmptyState title="This grid is empty" testid="empty-grid">
                "Choose Arrange, then two corners of free space, to add a plot."
            </EmptyState>
        </Show>
    }
    .into_any()
}

/// Where regions are edited, for as long as they are.
#[component]
fn RegionPlace() -> impl IntoView {
    let cell = expect_context::<Regions>().cell;
    let part = expect_context::<Part<RegionEditing>>();
    let origin = StoredValue::new_local(Origin::default());
    Effect::new(move |was_open: Option<bool>| {
        let is_open = cell.get().is_some();
        if is_open {
            origin.set_value(Origin::now());
            part.want();
        } else {
            part.dismiss();
            if was_open == Some(true) {
                origin.with_value(Origin::take_back);
            }
        }
        is_open
    });
    on_cleanup(move || cell.set(None));
    view! {
        {move || Some((part.get()?.bar)(cell.get()?))}
        <PartNotice part name="the tools for regions" />
    }
    .into_any()
}

/// The grid that an address shows.
pub fn grid_of_path(path: &str) -> Option<GridId> {
    path.strip_prefix("/grids/")?
        .trim_end_matches('/')
        .parse()
        .ok()
}

/// Sizes come as classes, since the page's policy forbids style attributes.
fn lines_class(nrows: u32, ncols: u32) -> String {
    format!("grid rows-{nrows} cols-{ncols}")
}
