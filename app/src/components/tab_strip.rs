//! The tabs of grids in the room that there is: what is beyond it can be scrolled to, and shows that it is there.

use leptos::html::Div;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Icon;
use crate::browser::resize::SizeWatch;
use crate::browser::scrolling;

/// A row that scrolls sideways. The current tab is brought into sight.
#[component]
pub(crate) fn TabStrip(
    /// The tabs.
    children: Children,
) -> impl IntoView {
    let strip = NodeRef::<Div>::new();
    let row = NodeRef::<Div>::new();
    let beyond = RwSignal::new([false; 2]);
    let look = move || {
        if let Some(strip) = strip.get_untracked() {
            let now = scrolling::beyond(&strip);
            if beyond.get_untracked() != now {
                beyond.set(now);
            }
        }
    };
    let settle = move || {
        if let Some(strip) = strip.get_untracked() {
            scrolling::bring_current(&strip);
        }
        look();
    };
    for node in [strip, row] {
        let watch = StoredValue::new_local(None::<SizeWatch>);
        Effect::new(move || {
            let size = node
                .get()
                .and_then(|it| SizeWatch::new(&it, move |_| settle()));
            watch.set_value(size);
        });
    }
    let path = use_location().pathname;
    Effect::new(move || {
        path.track();
        // The tabs learn of it in this turn, too.
        request_animation_frame(settle);
    });
    let ends = move || match beyond.get() {
        [false, false] => "",
        [true, false] => "before",
        [false, true] => "after",
        [true, true] => "before after",
    };
    view! {
        <Turn strip beyond side=0 />
        <div
            class="tabs-grids"
            node_ref=strip
            data-beyond=ends
            data-testid="tab-strip"
            on:scroll=move |_| look()
        >
            <div class="tabs-row" node_ref=row>
                {children()}
            </div>
        </div>
        <Turn strip beyond side=1 />
    }
    .into_any()
}

/// Scrolls to what is beyond a side. The keyboard reaches every tab without it.
#[component]
fn Turn(strip: NodeRef<Div>, beyond: RwSignal<[bool; 2]>, side: usize) -> impl IntoView {
    let icon = [Icon::Left, Icon::Right][side];
    let direction = [-1.0, 1.0][side];
    view! {
        <button
            type="button"
            class="icon-button tabs-turn"
            tabindex="-1"
            aria-hidden="true"
            hidden=move || !beyond.get()[side]
            on:click=move |_| {
                if let Some(strip) = strip.get_untracked() {
                    scrolling::turn(&strip, direction);
                }
            }
        >
            {icon.view()}
        </button>
    }
}
