//! `/`: leads to the first grid.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::components::EmptyState;
use crate::live::Live;

/// Sends the visitor to the first grid; says so when there is none.
#[component]
pub fn HomePage() -> impl IntoView {
    let live = expect_context::<Live>();
    let first = move || live.tabs.get().first().copied();
    let hidden = live.hidden_tabs.clone();
    let hidden = move || hidden.get().first().copied();
    move || match (first(), hidden()) {
        (Some(grid), _) => view! { <Redirect path=format!("/grids/{grid}") /> }.into_any(),
        (None, Some(grid)) => view! {
            <EmptyState title="All grids are hidden" testid="all-hidden">
                <a href=format!("/grids/{grid}")>"Go to the first one"</a>
                " and choose Arrange to bring tabs back."
            </EmptyState>
        }
        .into_any(),
        (None, None) => view! {
            <EmptyState title="No grids yet" testid="no-grids">
                "This instrument has no dashboard. Grids appear here as soon as they are created."
            </EmptyState>
        }
        .into_any(),
    }
}
