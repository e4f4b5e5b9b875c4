//! What stands over the page while something is being decided.

use leptos::html;
use leptos::prelude::*;
use shared::notification::Severity;
use shared::topology::PieceId;

use super::{
    GridForm, KeepTemplate, LayerDetails, LayerList, Palette, PlotForm, RemoveGrid, RemovePiece,
    Shortcuts,
};
use crate::arrange::{Dialog, Workspace};
use crate::live::Live;

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
    go_with_subject(dialog, close);
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

/// Closes a dialog when somebody removes what it is about.
fn go_with_subject(dialog: Dialog, close: Callback<()>) {
    let live = expect_context::<Live>();
    let Some(subject) = dialog.subject() else {
        return;
    };
    Effect::new(move |was_there: Option<bool>| {
        let (is_there, kind) = match subject {
            PieceId::Grid(id) => (live.grids.signal(&id).with(Option::is_some), "grid"),
            PieceId::Cell(id) => (live.cells.signal(&id).with(Option::is_some), "plot"),
            PieceId::Layer(id) => (live.layers.signal(&id).with(Option::is_some), "layer"),
            PieceId::Region(id) => (live.regions.signal(&id).with(Option::is_some), "region"),
        };
        // What this page made just now comes a little later.
        let was_there = was_there.unwrap_or(false);
        if was_there && !is_there {
            live.tell(Severity::Info, format!("Somebody removed this {kind}"));
            close.run(());
        }
        is_there
    });
}
