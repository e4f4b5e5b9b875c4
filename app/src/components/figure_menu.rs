//! The settings of a figure, for this page alone.

use leptos::prelude::*;
use shared::id::CellId;

use super::{FigureTools, Icon, Menu, RegionToggle};
use crate::figure::Choices;
use crate::part::Part;

/// Buttons in a cell's head: show everything, and a menu of settings.
#[component]
pub(crate) fn FigureMenu(
    /// The cell.
    id: CellId,
    /// Whether the next drag draws a box.
    boxing: RwSignal<bool>,
) -> impl IntoView {
    let tools = expect_context::<Part<FigureTools>>();
    view! {
        <RegionToggle id />
        <BoxButton boxing />
        <FitButton id />
        <Menu
            panel_id=format!("settings-{id}")
            icon=Icon::Sliders
            name="Figure settings"
            testid="figure-menu"
            panel_testid="figure-settings"
        >
            {move || tools.get().map(|it| (it.settings)(id))}
        </Menu>
    }
    .into_any()
}

/// For hands without a Shift key. One box and it is off again, so that fingers scroll the page as before.
#[component]
fn BoxButton(boxing: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button box-button needs-script"
            aria-label="Draw the box to be shown"
            aria-pressed=move || boxing.get().to_string()
            title="Draw the box to be shown (Shift and drag)"
            data-testid="box-zoom"
            on:click=move |_| boxing.update(|it| *it = !*it)
        >
            {Icon::BoxZoom.view()}
        </button>
    }
}

#[component]
fn FitButton(id: CellId) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    view! {
        <button
            type="button"
            class="icon-button needs-script"
            aria-label="Show all data and follow them"
            title="Show all data (0)"
            data-testid="fit"
            on:click=move |_| figure.fit()
        >
            {Icon::Fit.view()}
        </button>
    }
}
