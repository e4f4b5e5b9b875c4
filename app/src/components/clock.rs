//! The clock of the page: the server's time in the reader's zone.

use leptos::prelude::*;

use shared::plot::format::time_of_day;

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
        let offset_s = clock::utc_offset_s(now);
        text.set(time_of_day(now.0, offset_s, 0));
        zone.set(clock::zone_name(offset_s));
    });
    view! {
        <time class="clock needs-script" data-testid="clock" title=move || zone.get()>
            {move || text.get()}
        </time>
    }
}
