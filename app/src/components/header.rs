//! The bar on top of every page.

use leptos::prelude::*;

use super::{Brand, Clock, ConnectionChip, GridTabs, PresenceChip};
use crate::live::Live;

/// Product, instrument, tabs, connection and clock.
#[component]
pub fn Header() -> impl IntoView {
    let live = expect_context::<Live>();
    let instrument = live.instrument.to_string();
    view! {
        <header class="bar" data-testid="header">
            <a class="brand" href="/" aria-label="Beamdeck: first grid">
                <Brand />
                <span class="brand-name">"Beamdeck"</span>
            </a>
            <span class="instrument" data-testid="instrument">
                {instrument}
            </span>
            <GridTabs />
            <div class="bar-status">
                <PresenceChip />
                <ConnectionChip />
                <Clock />
            </div>
        </header>
    }
    .into_any()
}
