//! Light or dark, as the reader's system has it.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{MediaQueryList, window};

/// Tells when the scheme changes, until dropped.
pub(crate) struct SchemeWatch {
    query: Option<MediaQueryList>,
    on_change: Closure<dyn FnMut()>,
}

impl SchemeWatch {
    /// Runs `act` whenever the scheme changes.
    pub(crate) fn new(act: impl FnMut() + 'static) -> Self {
        let on_change = Closure::<dyn FnMut()>::new(act);
        let query = query();
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

/// True when the reader prefers dark pages.
pub(crate) fn is_dark() -> bool {
    query().is_some_and(|it| it.matches())
}

fn query() -> Option<MediaQueryList> {
    window()?.match_media("(prefers-color-scheme: dark)").ok()?
}
