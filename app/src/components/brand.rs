//! The product's mark.

use leptos::prelude::*;

/// A beam through a sample: the same drawing as the page's icon.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="6" class="brand-ground" />
            <path d="M3 16h9" class="brand-beam" />
            <circle cx="19" cy="16" r="9" class="brand-ring" />
            <circle cx="19" cy="16" r="4" class="brand-spot" />
        </svg>
    }
}
