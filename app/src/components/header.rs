//! The bar on top of every page.

use leptos::prelude::*;

use super::{Brand, Clock, ConnectionChip, GridTabs, Icon, IconButton, PresenceChip};
use crate::arrange::{Dialog, Workspace};
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
            <PaletteButton />
            <div class="bar-status">
                <PresenceChip />
                <ConnectionChip />
                <Clock />
            </div>
        </header>
    }
    .into_any()
}

/// The way to all commands for those who have no keyboard.
#[component]
fn PaletteButton() -> impl IntoView {
    let dialog = expect_context::<Workspace>().dialog;
    view! {
        <span class="bar-palette needs-script">
            <IconButton
                icon=Icon::Search
                name="Find a command (Ctrl K)"
                testid="palette-open"
                on_press=move |()| dialog.set(Some(Dialog::Palette))
            />
        </span>
    }
}
