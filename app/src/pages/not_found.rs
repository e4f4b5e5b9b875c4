//! Addresses that lead nowhere.

use leptos::prelude::*;

use crate::components::EmptyState;
use crate::not_found::OnNotFound;

/// Says that there is no such page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    if let Some(server) = use_context::<OnNotFound>() {
        server.tell();
    }
    view! {
        <EmptyState title="No such page" testid="not-found">
            "The address does not exist, or what it showed was removed. "
            <a href="/">"Go to the first grid"</a>
            "."
        </EmptyState>
    }
}
