//! The clock of the page: the server's time in the reader's zone.

use leptos::prelude::*;

use crate::browser::clock;
use crate::live::Live;

/// Hours, minutes and seconds, and the choice of the zone of all times. Empty until the client runs: the server does
/// not know the reader's zone.
#[component]
pub(crate) fn Clock() -> impl IntoView {
    let now = expect_context::<Live>().now;
    let text = RwSignal::new(String::new());
    let zone = RwSignal::new(String::new());
    let mark = RwSignal::new(None);
    Effect::new(move || {
        let now = now.get();
        text.set(clock::time_text(now));
        let name = clock::zone_name(clock::utc_offset_s(now));
        let other = if clock::is_utc() {
            "the zone of this browser"
        } else {
            "UTC"
        };
        zone.set(format!("Times are in {name}: press for {other}"));
        mark.set(clock::is_utc().then_some(" UTC"));
    });
    view! {
        <button
            type="button"
            class="clock needs-script"
            data-testid="clock"
            title=move || zone.get()
            on:click=|_| clock::switch_zone()
        >
            <time>{move || text.get()}</time>
            {move || mark.get()}
        </button>
    }
}
