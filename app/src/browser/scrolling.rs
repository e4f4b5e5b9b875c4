//! Boxes that scroll sideways.

use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

/// How much of a box a press turns it by.
const TURN: f64 = 0.7;
/// Browsers scroll to fractions of pixels: less than this is nothing.
const SLACK_PX: i32 = 2;

/// Whether something that a box holds is beyond its left side, and beyond its right one.
pub(crate) fn beyond(element: &Element) -> [bool; 2] {
    let left = element.scroll_left();
    let right = element.scroll_width() - element.client_width() - left;
    [left, right].map(|px| px > SLACK_PX)
}

/// Scrolls a box to its left (-1) or its right (1).
pub(crate) fn turn(element: &Element, direction: f64) {
    let by = direction * TURN * f64::from(element.client_width());
    element.set_scroll_left(element.scroll_left() + by as i32);
}

/// Scrolls the box around what is the current page as far as needed to see it.
pub(crate) fn bring_current(within: &Element) {
    if let Ok(Some(current)) = within.query_selector("[aria-current]") {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        current.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
