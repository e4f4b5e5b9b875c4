//! Work that repeats as long as the page lives.

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
