//! How figures are moved, once per page, for those who do not see the cursor.

use leptos::prelude::*;

/// The id that figures refer to.
pub(crate) const FIGURE_HELP_ID: &str = "figure-help";

/// The help that every figure refers to.
#[component]
pub fn FigureHelp() -> impl IntoView {
    view! {
        <p id=FIGURE_HELP_ID class="visually-hidden">
            "Arrow keys move what is shown, plus and minus zoom, zero shows everything and follows the data. \
             Shift with arrow keys moves a cursor that reads values."
        </p>
    }
}
