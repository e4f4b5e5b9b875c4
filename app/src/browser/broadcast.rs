//! Messages between the pages of one browser.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::stop;

/// An open channel; closes when dropped.
pub(crate) struct Channel {
    channel: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Joins the channel `name`; none where the browser has no channels.
    pub(crate) fn open(name: &str, mut on_message: impl FnMut(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if stop::is_stopped() {
                return;
            }
            if let Some(text) = event.data().as_string() {
                on_message(text);
            }
        });
        channel.set_onmessage(Some(handler.as_ref().unchecked_ref()));
        Some(Self {
            channel,
            _on_message: handler,
        })
    }

    /// Tells every other page on the channel. A closed channel reaches nobody.
    pub(crate) fn send(&self, text: &str) {
        self.channel.post_message(&JsValue::from_str(text)).ok();
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
