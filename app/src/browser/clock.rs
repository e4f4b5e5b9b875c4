//! The reader's clock and zone.

use js_sys::{Date, Intl, Reflect};
use shared::time::TimeNs;
use wasm_bindgen::JsValue;

/// `HH:MM:SS` of an instant in the reader's zone.
pub(crate) fn local_time_of_day(time: TimeNs) -> String {
    let date = Date::new(&JsValue::from_f64((time.0 / 1_000_000) as f64));
    format!(
        "{:02}:{:02}:{:02}",
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    )
}

/// The reader's zone, such as `Europe/Copenhagen`; empty where the browser does not tell.
pub(crate) fn zone_name() -> String {
    let options =
        Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into())
        .ok()
        .and_then(|it| it.as_string())
        .unwrap_or_default()
}
