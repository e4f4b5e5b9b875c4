//! Light or dark, as the reader's system has it.

use shared::plot::Panel;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{MediaQueryList, window};

/// On which panel figures stand now.
pub(crate) fn panel() -> Panel {
    panel_of(query().as_ref())
}

/// Tells the scheme whenever it changes, until dropped.
pub(crate) struct SchemeWatch {
    query: Option<MediaQueryList>,
    on_change: Closure<dyn FnMut()>,
}

impl SchemeWatch {
    /// Tells `act` on which panel figures stand, at once and whenever it changes.
    pub(crate) fn new(mut act: impl FnMut(Panel) + 'static) -> Self {
        let query = query();
        act(panel_of(query.as_ref()));
        let asked = query.clone();
        let on_change = Closure::<dyn FnMut()>::new(move || act(panel_of(asked.as_ref())));
        if let Some(query) = &query {
            let handler = on_change.as_ref().unchecked_ref();
            query
                .add_event_listener_with_callback("change", handler)
                .ok();
        }
        Self { query, on_change }
    }
}

impl Drop for SchemeWatch {
    fn drop(&mut self) {
        if let Some(query) = &self.query {
            let handler = self.on_change.as_ref().unchecked_ref();
            query
                .remove_event_listener_with_callback("change", handler)
                .ok();
        }
    }
}

fn panel_of(query: Option<&MediaQueryList>) -> Panel {
    if query.is_some_and(MediaQueryList::matches) {
        Panel::Dark
    } else {
        Panel::Light
    }
}

fn query() -> Option<MediaQueryList> {
    window()?.match_media("(prefers-color-scheme: dark)").ok()?
}
