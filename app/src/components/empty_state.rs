//! What a page says when it has nothing to show.

use leptos::prelude::*;

/// A centred title with an explanation.
#[component]
pub fn EmptyState(
    /// What is the case.
    title: &'static str,
    /// The hook for tests.
    testid: &'static str,
    /// Why, and what to do.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="empty-state" data-testid=testid>
            <h1>{title}</h1>
            <p>{children()}</p>
        </section>
    }
}
