//! The reader's clocks and zone, and randomness.

use std::cell::RefCell;

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

thread_local! {
    /// The zone at an offset: asking the browser takes longer than drawing an axis.
    static ZONE: RefCell<Option<(i32, String)>> = RefCell::default();
}

/// The reader's zone, such as `Europe/Copenhagen`, now that its offset is `utc_offset_s`; empty where the browser
/// does not tell. It is asked for again when the offset has changed, by season or by travel.
pub(crate) fn zone_name(utc_offset_s: i32) -> String {
    ZONE.with_borrow_mut(|zone| match zone {
        Some((offset_s, name)) if *offset_s == utc_offset_s => name.clone(),
        _ => {
            let name = asked_zone_name();
            *zone = Some((utc_offset_s, name.clone()));
            name
        }
    })
}

fn asked_zone_name() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let zone = Reflect::get(&options, &"timeZone".into()).ok();
    zone.and_then(|it| it.as_string()).unwrap_or_default()
}
