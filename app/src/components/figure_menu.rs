//! The settings of a figure, for this page alone.

use leptos::ev;
use leptos::html::{Button, Div};
use leptos::prelude::*;
use shared::id::CellId;

use super::{
    AspectControl, AxisControls, ColourMapControl, CurveControls, Icon, RegionSwitch, RegionToggle,
};
use crate::browser::{focus, pointer};
use crate::figure::{Axis, Choices};
use crate::live::Live;

/// Buttons in a cell's head: show everything, and a menu of settings.
#[component]
pub(crate) fn FigureMenu(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let menu = NodeRef::<Div>::new();
    let button = NodeRef::<Button>::new();
    let panel_id = format!("settings-{id}");
    let controls = panel_id.clone();
    Effect::new(move || {
        let outside = window_event_listener(ev::pointerdown, move |event| {
            let is_inside = menu
                .get_untracked()
                .is_none_or(|it| pointer::is_inside(&event, &it));
            if !is_inside && is_open.get_untracked() {
                is_open.set(false);
            }
        });
        on_cleanup(move || outside.remove());
    });
    let on_escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            is_open.set(false);
            event.prevent_default();
            // What had the focus is gone: it must not fall back to the top of the page.
            if let Some(button) = button.get_untracked() {
                button.focus().ok();
            }
        }
    };
    let on_focusout = move |event: ev::FocusEvent| {
        let menu = menu.get_untracked();
        if menu.is_some_and(|it| focus::leaves(&event, &it)) {
            is_open.set(false);
        }
    };
    view! {
        <RegionToggle id />
        <FitButton id />
        <div class="menu needs-script" node_ref=menu on:keydown=on_escape on:focusout=on_focusout>
            <button
                node_ref=button
                type="button"
                class="icon-button"
                aria-label="Figure settings"
                aria-expanded=move || is_open.get().to_string()
                aria-controls=move || is_open.get().then(|| controls.clone())
                title="Figure settings"
                data-testid="figure-menu"
                on:click=move |_| is_open.update(|it| *it = !*it)
            >
                {Icon::Sliders.view()}
            </button>
            <Show when=move || is_open.get()>
                <Panel id panel_id=panel_id.clone() />
            </Show>
        </div>
    }
    .into_any()
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

#[component]
fn Panel(id: CellId, panel_id: String) -> impl IntoView {
    let live = expect_context::<Live>();
    let shown = Memo::new(move |_| {
        let kinds: Vec<_> = live
            .frames_in(&id)
            .into_iter()
            .map(|(_, it)| it.kind)
            .collect();
        (
            kinds.iter().any(|it| it.has_axes()),
            kinds.iter().any(|it| it.has_colours()),
            kinds.iter().any(|it| it.is_over_time()),
        )
    });
    let has_axes = move || shown.get().0;
    let has_colours = move || shown.get().1;
    view! {
        <div
            id=panel_id
            class="menu-panel"
            role="group"
            aria-label="Figure settings"
            data-testid="figure-settings"
        >
            <Show when=has_axes>
                <AxisControls id axis=Axis::X only_linear=Signal::derive(move || shown.get().2) />
                <AxisControls id axis=Axis::Y only_linear=false />
            </Show>
            <Show when=has_colours>
                <AxisControls id axis=Axis::Colour only_linear=false />
                <ColourMapControl id />
                <RegionSwitch />
            </Show>
            <Show when=has_axes>
                <AspectControl id />
            </Show>
            <CurveControls id />
            <Show when=move || !has_axes()>
                <p>"There is nothing to set yet."</p>
            </Show>
        </div>
    }
    .into_any()
}
