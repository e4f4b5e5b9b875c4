//! The date on pictures that may have been overtaken.

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::format::time_of_day;
use shared::time::TimeNs;

use crate::browser::clock;
use crate::live::Live;

/// "as of" the newest data of a cell, while nobody can say whether there are newer ones.
#[component]
pub(crate) fn Watermark(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let as_of = Memo::new(move |_| as_of(&live, &id));
    let text = RwSignal::new(String::new());
    Effect::new(move || {
        text.set(as_of.get().map_or_else(String::new, |time| {
            let clock = time_of_day(time.0, clock::utc_offset_s(time), 0);
            format!("as of {clock}")
        }));
    });
    view! {
        <p class="watermark" data-testid="watermark" hidden=move || as_of.get().is_none()>
            {move || text.get()}
        </p>
    }
}

/// The newest data time of a cell whose pictures are dated; none while they are up to date.
fn as_of(live: &Live, cell: &CellId) -> Option<TimeNs> {
    let offline = live.connection.get().is_dated();
    let frames = live.frames_in(cell).into_iter();
    let dated = frames.filter(|(_, frame)| offline || !frame.current);
    dated.filter_map(|(_, frame)| Some(frame.time?.end)).max()
}
