//! The address of the page.

use wasm_bindgen::JsValue;
use web_sys::window;

/// The part after the number sign, with it; empty without one.
pub(crate) fn fragment() -> String {
    let location = window().map(|it| it.location());
    location.and_then(|it| it.hash().ok()).unwrap_or_default()
}

/// The whole address with another fragment.
pub(crate) fn with_fragment(fragment: &str) -> String {
    let location = window().map(|it| it.location());
    let address = location.and_then(|it| it.href().ok()).unwrap_or_default();
    let plain = address.split('#').next().unwrap_or_default();
    format!("{plain}#{fragment}")
}

/// Takes the fragment away, without a visit of its own in the history.
pub(crate) fn drop_fragment() -> Option<()> {
    let window = window()?;
    let address = window.location().href().ok()?;
    let plain = address.split('#').next()?;
    let history = window.history().ok()?;
    // What a router keeps about the visit stays.
    let state = history.state().unwrap_or(JsValue::NULL);
    history.replace_state_with_url(&state, "", Some(plain)).ok()
}

/// Brings the element of a cell into sight, and the keyboard to its figure.
pub(crate) fn go_to_cell(cell: &str) -> Option<()> {
    let document = window()?.document()?;
    let selector = format!("[data-cell='{cell}']");
    document.query_selector(&selector).ok()??.scroll_into_view();
    Some(())
}
