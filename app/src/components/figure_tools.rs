//! What the menus of figures hold, as a part that is loaded when somebody first opens one.
#![expect(
    clippy::unnecessary_wraps,
    reason = "what comes from a part can fail to come, which its signature has to say"
)]

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::id::CellId;

use super::{SavePanel, SettingsPanel};
use crate::part::Part;

/// The panels of that part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FigureTools {
    pub(crate) settings: fn(CellId) -> AnyView,
    pub(crate) saving: fn(CellId) -> AnyView,
}

impl FigureTools {
    /// The part, absent at first.
    pub(crate) fn part() -> Part<Self> {
        Part::new(|| Box::pin(load_figure_tools()))
    }
}

#[wasm_split(figure_tools, wasm_split_path = leptos::wasm_split, fallible)]
fn load_figure_tools() -> Result<FigureTools, SplitLoaderError> {
    Ok(FigureTools {
        settings: |id| view! { <SettingsPanel id /> }.into_any(),
        saving: |id| view! { <SavePanel id /> }.into_any(),
    })
}
