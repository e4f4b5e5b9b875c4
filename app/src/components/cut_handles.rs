//! Where the keyboard takes hold of the lines of profiles over an image.

use leptos::ev::KeyboardEvent;
use leptos::html::Button;
use leptos::prelude::*;
use shared::id::LayerId;
use shared::plot::format::place as told;

use crate::browser::sheet::move_to;
use crate::cuts::{CutPart, CutPlace, Cuts};
use crate::live::Live;

/// Three buttons for each line: all of it, its start, its end. A pointer takes hold of the lines themselves.
#[component]
pub(crate) fn CutHandles(
    /// Where the lines are.
    places: RwSignal<Vec<CutPlace>>,
) -> impl IntoView {
    let spoken = RwSignal::new(String::new());
    let parts = Memo::new(move |_| {
        let of_cut = |it: &CutPlace| CutPart::ALL.map(|part| (it.cut.layer, part));
        places.with(|all| all.iter().flat_map(of_cut).collect::<Vec<_>>())
    });
    view! {
        <div role="group" aria-label="Lines of profiles" hidden=move || parts.with(Vec::is_empty)>
            <For each=move || parts.get() key=|it| *it let:part>
                <CutHandle places layer=part.0 part=part.1 spoken />
            </For>
            <span class="visually-hidden" role="status" data-testid="cut-spoken">
                {move || spoken.get()}
            </span>
        </div>
    }
    .into_any()
}

#[component]
fn CutHandle(
    places: RwSignal<Vec<CutPlace>>,
    layer: LayerId,
    part: CutPart,
    spoken: RwSignal<String>,
) -> impl IntoView {
    let live = StoredValue::new(expect_context::<Live>());
    let cuts = expect_context::<Cuts>();
    let node = NodeRef::<Button>::new();
    let place =
        Memo::new(move |_| places.with(|all| all.iter().find(|it| it.cut.layer == layer).cloned()));
    let label = Memo::new(move |_| place.with(|it| it.as_ref().map(|it| named(it, part))));
    Effect::new(move || {
        let at = place.with(|it| it.as_ref().map(|it| middle_of(it, part)));
        if let (Some(element), Some(at)) = (node.get(), at) {
            move_to(&element, at);
        }
    });
    // What is told of it while keys move it.
    let is_moving = StoredValue::new(false);
    Effect::new(move |before: Option<Option<String>>| {
        let now = label.get();
        if is_moving.get_value() && before.is_some_and(|it| it != now) {
            spoken.set(now.clone().unwrap_or_default());
        }
        now
    });
    let leave = move || {
        is_moving.try_set_value(false);
        live.try_with_value(|live| cuts.keep_keyed(live));
    };
    on_cleanup(leave);
    let on_key = move |event: KeyboardEvent| {
        let key = event.key();
        let with_command = event.ctrl_key() || event.meta_key() || event.alt_key();
        let is_taken = if with_command {
            key == "z" && cuts.drop_keyed()
        } else {
            let pressed = (key.as_str(), event.shift_key());
            let take = |place| live.with_value(|live| cuts.take_key(live, &place, part, pressed));
            place.get_untracked().is_some_and(take)
        };
        if is_taken {
            event.prevent_default();
            event.stop_propagation();
            is_moving.set_value(true);
        }
    };
    view! {
        <button
            node_ref=node
            type="button"
            class="cut-handle"
            aria-label=move || label.get()
            title="Arrow keys move it, Shift in big steps; Enter keeps it, Escape takes it back"
            data-testid="cut-handle"
            data-part=format!("{part:?}").to_lowercase()
            on:keydown=on_key
            on:blur=move |_| leave()
        ></button>
    }
    .into_any()
}

/// What a part of a line is called, and where it is.
fn named(place: &CutPlace, part: CutPart) -> String {
    let title = &place.cut.title;
    let [from, to] = place
        .cut
        .ends_on_axes()
        .map(|[x, y]| format!("{}, {}", told(x), told(y)));
    match part {
        CutPart::Whole => format!("Line of {title}: from {from} to {to}"),
        CutPart::Start => format!("Start of the line of {title}: {from}"),
        CutPart::End => format!("End of the line of {title}: {to}"),
    }
}

fn middle_of(place: &CutPlace, part: CutPart) -> [f64; 2] {
    let [from, to] = place.ends_px;
    match part {
        CutPart::Whole => [f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])],
        CutPart::Start => from,
        CutPart::End => to,
    }
}
