//! The way from page to page: one link per grid, then the pages about the system.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::id::GridId;

use super::{Arranging, EditToggle, TabStrip};
use crate::live::Live;

/// Links to every grid and to the system's pages.
#[component]
pub(crate) fn GridTabs() -> impl IntoView {
    let live = expect_context::<Live>();
    let tabs = live.tabs.clone();
    let arranging = Arranging::in_use();
    view! {
        <nav class="tabs" aria-label="Pages" data-testid="tabs">
            <TabStrip>
                <For each=move || tabs.get() key=|id| *id let:grid>
                    <GridTab id=grid />
                </For>
                {move || arranging().map(|it| (it.hidden_tabs)())}
            </TabStrip>
            {move || arranging().map(|it| (it.add_grid)())}
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

/// A link to a page, marked on that page.
#[component]
pub(crate) fn Tab(
    /// Where it leads.
    href: String,
    /// Its name for tests.
    testid: &'static str,
    /// What it says.
    children: Children,
) -> impl IntoView {
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
