//! Where pointers are, and whom they belong to.

use leptos::ev::{MouseEvent, PointerEvent, WheelEvent};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

/// Where an event happened, in CSS pixels of the element that handles it.
pub(crate) fn place(event: &MouseEvent) -> [f64; 2] {
    let Some(element) = handler(event) else {
        return [0.0, 0.0];
    };
    let bounds = element.get_bounding_client_rect();
    [
        f64::from(event.client_x()) - bounds.left(),
        f64::from(event.client_y()) - bounds.top(),
    ]
}

/// Where an event happened, as parts of the width and height of the nearest element around its handler that `selector`
/// names.
pub(crate) fn part_of(event: &MouseEvent, selector: &str) -> Option<[f64; 2]> {
    let around = handler(event)?.closest(selector).ok()??;
    let bounds = around.get_bounding_client_rect();
    Some([
        (f64::from(event.client_x()) - bounds.left()) / bounds.width(),
        (f64::from(event.client_y()) - bounds.top()) / bounds.height(),
    ])
}

/// Keeps a pointer's events with the element that handles `event`, wherever the pointer goes.
pub(crate) fn capture(event: &PointerEvent) {
    if let Some(element) = handler(event) {
        element.set_pointer_capture(event.pointer_id()).ok();
    }
}

/// Lets the events of a pointer that went down go to whatever it comes over. Browsers keep those of fingers.
pub(crate) fn release(event: &PointerEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    if let Some(element) = target {
        element.release_pointer_capture(event.pointer_id()).ok();
    }
}

/// How far a wheel turned, in pixels, positive towards the reader.
pub(crate) fn wheel_px(event: &WheelEvent) -> f64 {
    const LINE_PX: f64 = 16.0;
    const PAGE_PX: f64 = 400.0;
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => LINE_PX,
        WheelEvent::DOM_DELTA_PAGE => PAGE_PX,
        _ => 1.0,
    };
    event.delta_y() * unit
}

/// True when an event happened inside `element`.
pub(crate) fn is_inside(event: &MouseEvent, element: &Element) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Node>().ok());
    element.contains(target.as_ref())
}

fn handler(event: &MouseEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}
