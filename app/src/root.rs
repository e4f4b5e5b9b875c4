//! The application: what every page shares, and which address shows which page.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::components::{Header, Toasts};
use crate::live::Live;
use crate::pages::{GridPage, HomePage, NotFoundPage, StatusPage, WorkflowsPage};
use crate::snapshot::Snapshot;

/// Every page of Beamdeck. Takes its first state from a [`Snapshot`] in the context.
#[component]
pub fn App() -> impl IntoView {
    let snapshot = use_context::<Snapshot>().unwrap_or_else(Snapshot::empty);
    provide_context(Live::new(&snapshot));
    view! {
        <Router>
            <a class="skip-link" href="#content">
                "Skip to content"
            </a>
            <Header />
            <main id="content" class="page" tabindex="-1">
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/grids/:id") view=GridPage />
                    <Route path=path!("/status") view=StatusPage />
                    <Route path=path!("/workflows") view=WorkflowsPage />
                </FlatRoutes>
            </main>
            <Toasts />
        </Router>
    }
}
