//! Addresses that lead nowhere.

use leptos::prelude::*;

use crate::components::EmptyState;

/// Says that there is no such page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <EmptyState title="No such page" testid="not-found">
            "The address does not exist, or what it showed was removed. "
            <a href="/">"Go to the first grid"</a>
            "."
        </EmptyState>
    }
}
