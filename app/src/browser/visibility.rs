//! Whether somebody can see the page, and whether it sleeps.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{EventTarget, VisibilityState, window};

/// What happened to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// It was hidden.
    Hidden,
    /// It is seen again, was restored, or the network came back.
    Seen,
    /// It is about to go, perhaps for ever.
    Leaving,
}

/// Runs `act` whenever that changes, as long as the page lives.
pub(crate) fn watch(act: impl Fn(Sight) + 'static) {
    let act = Rc::new(act);
    let Some(window) = window() else { return };
    if let Some(document) = window.document() {
        let act = Rc::clone(&act);
        let state = document.clone();
        on(&document, "visibilitychange", move || {
            act(match state.visibility_state() {
                VisibilityState::Hidden => Sight::Hidden,
                _ => Sight::Seen,
            });
        });
    }
    for (event, sight) in [
        ("pageshow", Sight::Seen),
        ("online", Sight::Seen),
        ("pagehide", Sight::Leaving),
    ] {
        let act = Rc::clone(&act);
        on(&window, event, move || act(sight));
    }
}

fn on(target: &EventTarget, event: &str, act: impl FnMut() + 'static) {
    let handler = Closure::<dyn FnMut()>::new(act);
    target
        .add_event_listener_with_callback(event, handler.as_ref().unchecked_ref())
        .ok();
    handler.forget();
}
