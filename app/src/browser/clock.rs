//! The reader's clocks and zone, and randomness.

use js_sys::{Array, Date, Intl, Math, Object, Reflect};
use shared::time::TimeNs;
use wasm_bindgen::JsValue;
use web_sys::window;

/// Milliseconds of a clock that never jumps; its start means nothing.
pub(crate) fn steady_ms() -> f64 {
    let performance = window().and_then(|it| it.performance());
    performance.map_or_else(Date::now, |it| it.now())
}

/// A random number, uniform in `0..1`.
pub(crate) fn random() -> f64 {
    Math::random()
}

/// Seconds that the reader's wall clock is ahead of UTC at an instant.
pub(crate) fn utc_offset_s(time: TimeNs) -> i32 {
    let date = Date::new(&JsValue::from_f64((time.0 / 1_000_000) as f64));
    (date.get_timezone_offset() * -60.0) as i32
}

/// The reader's zone, such as `Europe/Copenhagen`; empty where the browser does not tell.
pub(crate) fn zone_name() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let zone = Reflect::get(&options, &"timeZone".into()).ok();
    zone.and_then(|it| it.as_string()).unwrap_or_default()
}
