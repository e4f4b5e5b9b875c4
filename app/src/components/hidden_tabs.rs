//! The way to grids whose tabs are hidden, while grids are arranged.

use leptos::prelude::*;
use shared::id::GridId;

use super::{Icon, Tab};
use crate::live::Live;

/// A link per grid without a tab.
#[component]
pub(crate) fn HiddenTabs() -> impl IntoView {
    let live = expect_context::<Live>();
    let hidden = live.hidden_tabs.clone();
    view! {
        <For each=move || hidden.get() key=|id| *id let:grid>
            <HiddenTab id=grid />
        </For>
    }
    .into_any()
}

#[component]
fn HiddenTab(id: GridId) -> impl IntoView {
    let grid = expect_context::<Live>().grids.signal(&id);
    let title = move || grid.with(|it| it.as_ref().map_or_else(String::new, |it| it.title.clone()));
    view! {
        <Tab href=format!("/grids/{id}") testid="hidden-tab">
            <span class="tab-hidden">
                {Icon::EyeOff.view()} <span class="visually-hidden">"Hidden: "</span> {title}
            </span>
        </Tab>
    }
    .into_any()
}
