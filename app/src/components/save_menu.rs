//! The button to save and share a cell.

use leptos::prelude::*;
use shared::id::CellId;

use super::{FigureTools, Icon, Menu};
use crate::part::Part;

/// A button in a cell's head with a menu.
#[component]
pub(crate) fn SaveMenu(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let tools = expect_context::<Part<FigureTools>>();
    view! {
        <Menu
            panel_id=format!("save-{id}")
            icon=Icon::Save
            name="Save and share"
            testid="save-menu"
            panel_testid="save-panel"
        >
            {move || tools.get().map(|it| (it.saving)(id))}
        </Menu>
    }
    .into_any()
}
