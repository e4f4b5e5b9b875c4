//! What edits regions of interest, as a part that is loaded when somebody first does.
#![expect(
    clippy::unnecessary_wraps,
    reason = "what comes from a part can fail to come, which its signature has to say"
)]

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::id::CellId;

use super::RegionBar;
use crate::part::Part;

/// The components of that part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RegionEditing {
    pub(crate) bar: fn(CellId) -> AnyView,
}

impl RegionEditing {
    /// The part, absent at first.
    pub(crate) fn part() -> Part<Self> {
        Part::new(|| Box::pin(load_region_editing()))
    }
}

#[wasm_split(region_editing, wasm_split_path = leptos::wasm_split, fallible)]
fn load_region_editing() -> Result<RegionEditing, SplitLoaderError> {
    Ok(RegionEditing {
        bar: |id| view! { <RegionBar id /> }.into_any(),
    })
}
