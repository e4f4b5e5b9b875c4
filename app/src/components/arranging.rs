//! What is for arranging, as a part that is loaded when somebody first arranges.
#![expect(
    clippy::unnecessary_wraps,
    reason = "what comes from a part can fail to come, which its signature has to say"
)]

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::id::{CellId, GridId};

use super::{
    AddGrid, BringBack, CellCorner, CellTitleField, CellTools, CutHandles, EditBar, HiddenTabs,
    Modal, Slots,
};
use crate::arrange::{Dialog, Workspace};
use crate::cuts::{self, CutPlace, HandMaker};
use crate::live::Live;
use crate::part::Part;

/// The components of that part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arranging {
    pub(crate) edit_bar: fn(GridId) -> AnyView,
    pub(crate) slots: fn(GridId) -> AnyView,
    pub(crate) hidden_tabs: fn() -> AnyView,
    pub(crate) add_grid: fn() -> AnyView,
    pub(crate) title_field: fn(CellId, Signal<String>) -> AnyView,
    pub(crate) cell_tools: fn(CellId, Signal<String>) -> AnyView,
    pub(crate) cell_corner: fn(CellId, Signal<String>) -> AnyView,
    pub(crate) bring_back: fn(GridId) -> AnyView,
    pub(crate) modal: fn(Dialog) -> AnyView,
    pub(crate) tell_changing: fn(Workspace, &Live),
    pub(crate) cut_hand: HandMaker,
    pub(crate) cut_handles: fn(RwSignal<Vec<CutPlace>>) -> AnyView,
}

impl Arranging {
    /// The part, absent at first.
    pub(crate) fn part() -> Part<Self> {
        Part::new(|| Box::pin(load_arranging()))
    }

    /// What to arrange by; none while nobody arranges. Tracks that.
    pub(crate) fn in_use() -> impl Fn() -> Option<Self> + Copy + Send + Sync + 'static {
        let part = expect_context::<Part<Self>>();
        let is_editing = expect_context::<Workspace>().is_editing;
        move || part.get().filter(|_| is_editing.get())
    }
}

#[wasm_split(arranging, wasm_split_path = leptos::wasm_split, fallible)]
fn load_arranging() -> Result<Arranging, SplitLoaderError> {
    Ok(Arranging {
        edit_bar: |id| view! { <EditBar id /> }.into_any(),
        slots: |id| view! { <Slots id /> }.into_any(),
        hidden_tabs: || view! { <HiddenTabs /> }.into_any(),
        add_grid: || view! { <AddGrid /> }.into_any(),
        title_field: |id, title| view! { <CellTitleField id title /> }.into_any(),
        cell_tools: |id, title| view! { <CellTools id title /> }.into_any(),
        cell_corner: |id, title| view! { <CellCorner id title /> }.into_any(),
        bring_back: |id| view! { <BringBack id /> }.into_any(),
        modal: |dialog| view! { <Modal dialog /> }.into_any(),
        tell_changing: Workspace::tell_changing,
        cut_hand: cuts::cut_hand,
        cut_handles: |places| view! { <CutHandles places /> }.into_any(),
    })
}
