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
    move || match first() {
        Some(grid) => view! { <Redirect path=format!("/grids/{grid}") /> }.into_any(),
        None => view! {
            <EmptyState title="No grids yet" testid="no-grids">
                "This instrument has no dashboard. Grids appear here as soon as they are created."
            </EmptyState>
        }
        .into_any(),
    }
}
