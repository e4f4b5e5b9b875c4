//! The clock of the page: the server's time in the reader's zone.

use leptos::prelude::*;

use crate::browser::clock;
use crate::live::Live;

/// Hours, minutes and seconds. Empty until the client runs: the server does not know the reader's zone.
#[component]
pub(crate) fn Clock() -> impl IntoView {
    let now = expect_context::<Live>().now;
    let text = RwSignal::new(String::new());
    let zone = RwSignal::new(String::new());
    Effect::new(move || {
        let now = now.get();
        text.set(clock::time_text(now));
        zone.set(clock::zone_name(clock::utc_offset_s(now)).to_string());
    });
    view! {
        <time class="clock needs-script" data-testid="clock" title=move || zone.get()>
            {move || text.get()}
        </time>
    }
}
