//! What stands over the page while something is being decided.

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::id::GridId;

use super::{LayerList, PlotForm};
use crate::arrange::{Dialog, Workspace};
use crate::live::Live;
use crate::session::EditError;

/// The dialog that is open, if any. Plots go on behind it.
#[component]
pub fn Dialogs() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    move || {
        let dialog = workspace.dialog.get()?;
        Some(view! { <Modal dialog /> }.into_any())
    }
}

/// A native dialog: the browser keeps the focus in it and gives it back.
#[component]
fn Modal(dialog: Dialog) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(element) = node.get()
            && !element.open()
        {
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
        Dialog::RemoveGrid(grid) => view! { <RemoveGrid grid close /> }.into_any(),
    };
    view! {
        <dialog
            node_ref=node
            class="dialog"
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
}

#[component]
fn RemoveGrid(grid: GridId, close: Callback<()>) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let title = live.grids.signal(&grid).get_untracked();
    let title = title.map_or_else(String::new, |it| it.title);
    let plots = live.cells_of.signal(&grid).get_untracked();
    let plots = plots.map_or(0, |it| it.len());
    let label = format!("remove {title}");
    let navigate = use_navigate();
    let remove = move |_| {
        let (navigate, teller) = (navigate.clone(), live.clone());
        let done = move |outcome: Result<(), EditError>| match outcome {
            Ok(()) => navigate("/", NavigateOptions::default()),
            Err(error) => teller.say(error.to_string()),
        };
        workspace.edit_then(&live, label.clone(), |it| it.remove(grid.into()), done);
        close.run(());
    };
    view! {
        <h2 id="dialog-title">{format!("Remove {title}?")}</h2>
        <p>
            {format!(
                "The grid and its {plots} plots go for everybody who looks at it. You can undo this as long as this page is open.",
            )}
        </p>
        <div class="dialog-actions">
            <button type="button" class="button" data-testid="cancel" on:click=move |_| close.run(())>
                "Keep it"
            </button>
            <button type="button" class="button button-danger" data-testid="confirm" on:click=remove>
                "Remove grid"
            </button>
        </div>
    }
}
