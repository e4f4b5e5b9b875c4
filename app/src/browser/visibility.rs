//! Whether somebody can see the page, and whether it sleeps.

use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Event, EventTarget, VisibilityState, window};

/// What happened to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// It was hidden, or is from the start.
    Hidden,
    /// It is seen again, or the network came back while it is seen.
    Seen,
    /// It is about to go, perhaps for ever.
    Leaving,
    /// It came back from where browsers keep pages that went. Whether it is seen is told next.
    Restored,
}

/// Runs `act` whenever that changes, as long as the page lives, and at once if the page is hidden from the start.
/// A client that stopped hears of it too: what was chosen is kept over the reload that mends it.
pub(crate) fn watch(act: impl Fn(Sight) + 'static) {
    let act = Rc::new(act);
    let Some(window) = window() else { return };
    let Some(document) = window.document() else {
        return;
    };
    if sight_of(&document) == Sight::Hidden {
        act(Sight::Hidden);
    }
    let (shown, state) = (Rc::clone(&act), document.clone());
    on(&document, "visibilitychange", move |_| {
        shown(sight_of(&state));
    });
    let (online, state) = (Rc::clone(&act), document.clone());
    on(&window, "online", move |_| {
        if sight_of(&state) == Sight::Seen {
            online(Sight::Seen);
        }
    });
    let restored = Rc::clone(&act);
    on(&window, "pageshow", move |event| {
        // Every page is shown once after it was loaded, which is no news.
        let is_back = Reflect::get(&event, &"persisted".into());
        if is_back.is_ok_and(|it| it.is_truthy()) {
            restored(Sight::Restored);
            restored(sight_of(&document));
        }
    });
    on(&window, "pagehide", move |_| act(Sight::Leaving));
}

/// Whether nobody can see the page now.
pub(crate) fn is_hidden() -> bool {
    let document = window().and_then(|it| it.document());
    document.is_some_and(|it| sight_of(&it) == Sight::Hidden)
}

fn sight_of(document: &Document) -> Sight {
    match document.visibility_state() {
        VisibilityState::Hidden => Sight::Hidden,
        _ => Sight::Seen,
    }
}

fn on(target: &EventTarget, event: &str, act: impl FnMut(Event) + 'static) {
    let handler = Closure::<dyn FnMut(Event)>::new(act);
    target
        .add_event_listener_with_callback(event, handler.as_ref().unchecked_ref())
        .ok();
    handler.forget();
}
