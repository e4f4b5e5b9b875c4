//! Work that repeats as long as the page lives, and work that waits.

use futures::channel::oneshot;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::window;

use super::stop;

/// Runs `act` every `period_ms`, less often while the page is hidden.
pub(crate) fn every(period_ms: u32, mut act: impl FnMut() + 'static) {
    let act = Closure::<dyn FnMut()>::new(move || {
        if !stop::is_stopped() {
            act();
        }
    });
    if let Some(window) = window() {
        let callback = act.as_ref().unchecked_ref();
        window
            .set_interval_with_callback_and_timeout_and_arguments_0(callback, period_ms as i32)
            .ok();
    }
    act.forget();
}

/// Something that happens once, later; never when this is dropped before.
pub(crate) struct Timeout {
    id: i32,
    _act: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Runs `act` after `delay_ms`.
    pub(crate) fn new(delay_ms: u32, act: impl FnOnce() + 'static) -> Self {
        let mut act = Some(act);
        let act = Closure::<dyn FnMut()>::new(move || {
            if let Some(act) = act.take().filter(|_| !stop::is_stopped()) {
                act();
            }
        });
        let callback = act.as_ref().unchecked_ref();
        let id = window().and_then(|it| {
            it.set_timeout_with_callback_and_timeout_and_arguments_0(callback, delay_ms as i32)
                .ok()
        });
        Self {
            id: id.unwrap_or_default(),
            _act: act,
        }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some(window) = window() {
            window.clear_timeout_with_handle(self.id);
        }
    }
}

/// Runs `act` once, after `delay_ms`.
pub(crate) fn once(delay_ms: u32, act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    if let Some(window) = window() {
        let callback = act.unchecked_ref();
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(callback, delay_ms as i32)
            .ok();
    }
}

/// Lets some time pass.
pub(crate) async fn pause(pause_ms: u32) {
    let (tell, told) = oneshot::channel();
    once(pause_ms, move || {
        tell.send(()).ok();
    });
    told.await.ok();
}
