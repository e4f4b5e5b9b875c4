//! What stands over the page while something is being decided.

use leptos::html;
use leptos::prelude::*;

use super::{
    GridForm, KeepTemplate, LayerDetails, LayerList, Palette, PlotForm, RemoveGrid, RemovePiece,
    Shortcuts,
};
use crate::arrange::{Dialog, Workspace};

/// A native dialog: the browser keeps the focus in it and gives it back.
#[component]
pub(crate) fn Modal(
    /// Which one.
    dialog: Dialog,
) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(element) = node.get() else { return };
        if element.open() {
            // It took the place of another one, where the focus was in something that is gone.
            element.focus().ok();
        } else {
            element.show_modal().ok();
        }
    });
    let close = Callback::new(move |()| {
        if let Some(element) = node.get_untracked() {
            element.close();
        }
    });
    let content = match dialog {
        Dialog::AddPlot(..) | Dialog::AddLayer(_) | Dialog::EditLayer(_) => {
            view! { <PlotForm dialog close /> }.into_any()
        }
        Dialog::Layers(cell) => view! { <LayerList cell close /> }.into_any(),
        Dialog::AddGrid => view! { <GridForm close /> }.into_any(),
        Dialog::KeepTemplate(grid) => view! { <KeepTemplate grid close /> }.into_any(),
        Dialog::Palette => view! { <Palette close /> }.into_any(),
        Dialog::Shortcuts => view! { <Shortcuts close /> }.into_any(),
        Dialog::Remove(piece) => view! { <RemovePiece piece close /> }.into_any(),
        Dialog::Details(cell) => view! { <LayerDetails cell close /> }.into_any(),
        Dialog::RemoveGrid(grid) => view! { <RemoveGrid grid close /> }.into_any(),
    };
    view! {
        <dialog
            node_ref=node
            class="dialog"
            tabindex="-1"
            aria-labelledby="dialog-title"
            data-testid="dialog"
            on:close=move |_| {
                // A dialog that led to another one is replaced, not closed.
                if workspace.dialog.get_untracked() == Some(dialog) {
                    workspace.dialog.set(None);
                }
            }
        >
            {content}
        </dialog>
    }
    .into_any()
}
