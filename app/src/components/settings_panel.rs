//! What can be set of a figure, as far as its data have it.

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::params::AxesParams;

use super::{
    AspectControl, AxisControls, ColourMapControl, CurveControls, ReadingControls, RegionSwitch,
};
use crate::figure::{Axis, Choices};
use crate::live::Live;
use crate::present::Presentation;

/// The controls of a figure, for this page alone.
#[component]
pub(crate) fn SettingsPanel(
    /// The cell.
    id: CellId,
) -> impl IntoView {
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
                <PutBack id />
                <ReadingControls id />
            </Show>
            <CurveControls id />
            <Show when=move || !has_axes()>
                <p>"There is nothing to set yet."</p>
            </Show>
    }
    .into_any()
}

/// Gives up what was chosen of what the layers ask for, where they ask for anything.
#[component]
fn PutBack(id: CellId) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let is_asked = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| it.asked != AxesParams::default()))
    };
    view! {
        <button
            type="button"
            class="button"
            data-testid="axes-as-asked"
            hidden=move || !is_asked.get()
            on:click=move |_| figure.choose(Presentation::put_back)
        >
            "Scales, limits and shape as the layers have them"
        </button>
    }
}
