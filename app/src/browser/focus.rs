//! Where the focus of the keyboard goes.

use leptos::ev::{FocusEvent, KeyboardEvent};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node, ScrollIntoViewOptions, ScrollLogicalPosition};

/// True when the focus goes from inside `element` to something outside of it. A click on nothing that takes the focus
/// is no such thing.
pub(crate) fn leaves(event: &FocusEvent, element: &Element) -> bool {
    let to = event
        .related_target()
        .and_then(|it| it.dyn_into::<Node>().ok());
    to.is_some_and(|to| !element.contains(Some(&to)))
}

/// True when a key is meant for a field or a dialog, and no shortcut of the page.
pub(crate) fn is_taken(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let within = |it: Element| it.closest("input, select, textarea, dialog").ok().flatten();
    target.and_then(within).is_some()
}

/// Scrolls the list around an element as far as needed to see it.
pub(crate) fn bring_into_view(id: &str) {
    let document = web_sys::window().and_then(|it| it.document());
    if let Some(element) = document.and_then(|it| it.get_element_by_id(id)) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
