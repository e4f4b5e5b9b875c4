//! The way from page to page: one link per grid, then the pages about the system.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use shared::id::GridId;
use shared::topology::{Arrangement, Grid};

use super::{EditToggle, Icon};
use crate::arrange::{Workspace, fresh_title};
use crate::live::Live;
use crate::session::EditError;

/// Links to every grid and to the system's pages.
#[component]
pub(crate) fn GridTabs() -> impl IntoView {
    let live = expect_context::<Live>();
    let tabs = live.tabs.clone();
    view! {
        <nav class="tabs" aria-label="Pages" data-testid="tabs">
            <For each=move || tabs.get() key=|id| *id let:grid>
                <GridTab id=grid />
            </For>
            <AddGrid />
            <EditToggle />
            <span class="tabs-gap" aria-hidden="true"></span>
            <Tab href="/workflows".to_owned() testid="tab-workflows">
                "Workflows"
            </Tab>
            <Tab href="/status".to_owned() testid="tab-status">
                "Status"
            </Tab>
        </nav>
    }
}

/// Makes a grid and shows it, while grids are arranged.
#[component]
fn AddGrid() -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let navigate = use_navigate();
    let add = move |_| {
        let id = GridId::random();
        let navigate = navigate.clone();
        let teller = live.clone();
        let put = move |it: &mut Arrangement| {
            let titles = it.grids.values().map(|it| it.title.as_str());
            let order = it.grids.values().map(|it| it.order).max();
            let grid = Grid {
                id,
                title: fresh_title("New grid", titles),
                nrows: 2,
                ncols: 2,
                enabled: true,
                order: order.map_or(0, |last| last.saturating_add(1)),
            };
            it.grids.insert(id, grid);
        };
        let show = move |outcome: Result<(), EditError>| match outcome {
            Ok(()) => navigate(&format!("/grids/{id}"), NavigateOptions::default()),
            Err(error) => teller.say(error.to_string()),
        };
        workspace.edit_then(&live, "add a grid".to_owned(), put, show);
    };
    view! {
        <button
            type="button"
            class="icon-button tab-add needs-script"
            hidden=move || !workspace.is_editing.get()
            aria-label="Add grid"
            title="Add grid"
            data-testid="grid-add"
            on:click=add
        >
            {Icon::Plus.view()}
        </button>
    }
}

#[component]
fn GridTab(id: GridId) -> impl IntoView {
    let grid = expect_context::<Live>().grids.signal(&id);
    let title = move || grid.with(|it| it.as_ref().map_or_else(String::new, |it| it.title.clone()));
    view! {
        <Tab href=format!("/grids/{id}") testid="grid-tab">
            {title}
        </Tab>
    }
}

#[component]
fn Tab(href: String, testid: &'static str, children: Children) -> impl IntoView {
    let path = use_location().pathname;
    let is_current = {
        let href = href.clone();
        Memo::new(move |_| path.with(|path| path.trim_end_matches('/') == href))
    };
    view! {
        <a
            class="tab"
            href=href
            data-testid=testid
            aria-current=move || is_current.get().then_some("page")
        >
            {children()}
        </a>
    }
}
