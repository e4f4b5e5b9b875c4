//! The wake stream. Closes at the first trouble: when to open it again is decided elsewhere, not by the browser.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

use super::stop;

/// An open stream; closes when dropped.
pub(crate) struct EventStream {
    source: EventSource,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl EventStream {
    /// Opens the stream at `address`; none where the browser has no event sources.
    pub(crate) fn open(
        address: &str,
        mut on_message: impl FnMut(String) + 'static,
        mut on_lost: impl FnMut() + 'static,
    ) -> Option<Self> {
        let source = EventSource::new(address).ok()?;
        let closing = source.clone();
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if stop::is_stopped() {
                closing.close();
            } else if let Some(text) = event.data().as_string() {
                on_message(text);
            }
        });
        let told = Rc::new(Cell::new(false));
        let closing = source.clone();
        let error = Closure::<dyn FnMut(Event)>::new(move |_| {
            closing.close();
            if !told.replace(true) && !stop::is_stopped() {
                on_lost();
            }
        });
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        source.set_onerror(Some(error.as_ref().unchecked_ref()));
        Some(Self {
            source,
            _on_message: message,
            _on_error: error,
        })
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}
