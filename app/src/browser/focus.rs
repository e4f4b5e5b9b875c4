//! Moving the focus among siblings.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement};

/// Where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To the one after, round the end.
    Next,
    /// To the one before, round the start.
    Previous,
    /// To the first.
    First,
    /// To the last.
    Last,
}

/// Moves the focus among the elements that match `selector` below the element that handles `event`.
pub(crate) fn move_among(event: &Event, selector: &str, step: Step) {
    let at = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let within = event
        .current_target()
        .and_then(|it| it.dyn_into::<Element>().ok());
    let Some(list) = within.and_then(|it| it.query_selector_all(selector).ok()) else {
        return;
    };
    let len = list.length();
    let index = (0..len).find(|i| {
        list.get(*i)
            .is_some_and(|it| at.as_ref().is_some_and(|at| at.contains(Some(&it))))
    });
    let next = match (step, index) {
        _ if len == 0 => return,
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => len - 1,
        (Step::Next, Some(i)) => (i + 1) % len,
        (Step::Previous, Some(i)) => (i + len - 1) % len,
    };
    if let Some(element) = list
        .get(next)
        .and_then(|it| it.dyn_into::<HtmlElement>().ok())
    {
        element.focus().ok();
    }
}
