//! The reader's clocks and zone, and randomness.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Date, Intl, Math, Object, Reflect};
use shared::plot::format::time_of_day;
use shared::time::TimeNs;
use wasm_bindgen::JsValue;
use web_sys::window;

use super::storage;

/// Milliseconds of a clock that never jumps; its start means nothing.
pub(crate) fn steady_ms() -> f64 {
    let performance = window().and_then(|it| it.performance());
    performance.map_or_else(Date::now, |it| it.now())
}

/// A random number, uniform in `0..1`.
pub(crate) fn random() -> f64 {
    Math::random()
}

/// A moment on the reader's wall clock, as pictures that may be overtaken carry it: `as of 14:05:07`.
pub(crate) fn as_of(time: TimeNs) -> String {
    format!("as of {}", time_text(time))
}

/// A moment on the reader's wall clock: `14:05:07`.
pub(crate) fn time_text(time: TimeNs) -> String {
    time_of_day(time.0, utc_offset_s(time), 0)
}

/// Seconds that the reader's wall clock is ahead of UTC at an instant. The browser is asked once per quarter of an
/// hour of that time: no zone changes its clocks in between.
pub(crate) fn utc_offset_s(time: TimeNs) -> i32 {
    const QUARTER_NS: i64 = 900_000_000_000;
    if is_utc() {
        return 0;
    }
    let quarter = time.0.div_euclid(QUARTER_NS);
    OFFSET.with(|held| match held.get() {
        Some((of, offset_s)) if of == quarter => offset_s,
        _ => {
            let start_ms = (quarter * (QUARTER_NS / 1_000_000)) as f64;
            let minutes = Date::new(&JsValue::from_f64(start_ms)).get_timezone_offset();
            let offset_s = (minutes * -60.0) as i32;
            held.set(Some((quarter, offset_s)));
            offset_s
        }
    })
}

/// Whether the reader chose to read all times in UTC; else they are in the zone of the browser.
pub(crate) fn is_utc() -> bool {
    UTC.with(|held| *held.get_or_init(|| storage::load_lasting(ZONE_KEY).as_deref() == Some("utc")))
}

/// Reads all times in the other zone from now on, on this page and on those that come. The page is loaded anew: every
/// time on it changes.
pub(crate) fn switch_zone() {
    storage::store_lasting(ZONE_KEY, if is_utc() { "local" } else { "utc" });
    if let Some(window) = window() {
        window.location().reload().ok();
    }
}

/// The reader's zone, such as `Europe/Copenhagen`, now that its offset is `utc_offset_s`; empty where the browser
/// does not tell. It is asked for again when the offset has changed, by season or by travel.
pub(crate) fn zone_name(utc_offset_s: i32) -> Rc<str> {
    if is_utc() {
        return "UTC".into();
    }
    ZONE.with_borrow_mut(|held| match held {
        Some((offset_s, name)) if *offset_s == utc_offset_s => Rc::clone(name),
        _ => {
            let name: Rc<str> = ask_zone_name().into();
            *held = Some((utc_offset_s, Rc::clone(&name)));
            name
        }
    })
}

fn ask_zone_name() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let zone = Reflect::get(&options, &"timeZone".into()).ok();
    zone.and_then(|it| it.as_string()).unwrap_or_default()
}

const ZONE_KEY: &str = "beamdeck.zone";

thread_local! {
    static UTC: OnceCell<bool> = const { OnceCell::new() };
    static OFFSET: Cell<Option<(i64, i32)>> = const { Cell::new(None) };
    static ZONE: RefCell<Option<(i32, Rc<str>)>> = const { RefCell::new(None) };
}
