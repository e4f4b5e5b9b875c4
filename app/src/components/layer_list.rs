//! The layers of a plot: which there are, in which order they are drawn, and what can be done to each.

use leptos::prelude::*;
use shared::id::{CellId, LayerId};
use shared::topology::{Arrangement, Layer, PieceId};

use super::{Icon, IconButton};
use crate::arrange::{Dialog, Workspace};
use crate::browser::focus;
use crate::live::Live;

/// A list in a dialog.
#[component]
pub(crate) fn LayerList(
    /// The cell.
    cell: CellId,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let ids = expect_context::<Live>().layers_of.signal(&cell);
    view! {
        <h2 id="dialog-title">"Layers"</h2>
        <p class="dialog-text">"Drawn one over the other, the last on top."</p>
        <ul class="layers" data-testid="layers">
            <For each=move || ids.get().unwrap_or_default() key=|id| *id let:id>
                <LayerRow id cell close />
            </For>
        </ul>
        <div class="dialog-actions">
            <button
                type="button"
                class="button"
                data-testid="layer-add"
                on:click=move |_| workspace.dialog.set(Some(Dialog::AddLayer(cell)))
            >
                {Icon::Plus.view()}
                "Add layer"
            </button>
            <button type="button" class="button" data-testid="cancel" on:click=move |_| close.run(())>
                "Close"
            </button>
        </div>
    }
}

#[component]
fn LayerRow(id: LayerId, cell: CellId, close: Callback<()>) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    on_cleanup(focus::catch);
    let layer = live.layers.signal(&id);
    let title = {
        let layer = layer.clone();
        Memo::new(move |_| {
            layer.with(|it| it.as_ref().map_or_else(String::new, |it| it.title.clone()))
        })
    };
    let is_hidden = {
        let layer = layer.clone();
        Memo::new(move |_| layer.with(|it| it.as_ref().is_some_and(|it| it.hidden)))
    };
    let plotter =
        Memo::new(move |_| layer.with(|it| it.as_ref().map(|it| it.config.plotter.clone())));
    let verb = move || if is_hidden.get() { "Show" } else { "Hide" };
    let hide = {
        let live = live.clone();
        move |()| workspace.toggle_layer(&live, id)
    };
    let remove = {
        let live = live.clone();
        move |()| {
            // A plot without layers is none.
            let is_last = workspace.arranged(&live).0.layers_of(cell).count() < 2;
            let piece: PieceId = if is_last { cell.into() } else { id.into() };
            if workspace.remove(&live, piece, title.get_untracked()) && is_last {
                close.run(());
            }
        }
    };
    view! {
        <li
            class="layer"
            data-testid="layer"
            data-layer=id.to_string()
            data-hidden=move || is_hidden.get().to_string()
        >
            <span class="layer-title">{move || title.get()}</span>
            <span class="layer-kind">{move || plotter.get()}</span>
            <span class="layer-actions">
            <button
                type="button"
                class="button"
                data-testid="layer-edit"
                aria-label=move || format!("Change {}", title.get())
                on:click=move |_| workspace.dialog.set(Some(Dialog::EditLayer(id)))
            >
                "Change"
            </button>
            <IconButton
                icon=Signal::derive(move || if is_hidden.get() { Icon::EyeOff } else { Icon::Eye })
                name=Signal::derive(move || format!("{} {}", verb(), title.get()))
                testid="layer-hide"
                on_press=hide
            />
            <Shift id cell by=-1 icon=Icon::Up name="Draw earlier" testid="layer-up" />
            <Shift id cell by=1 icon=Icon::Down name="Draw later" testid="layer-down" />
            <IconButton
                icon=Icon::Close
                name=Signal::derive(move || format!("Remove {}", title.get()))
                testid="layer-remove"
                on_press=remove
            />
            </span>
        </li>
    }
    .into_any()
}

/// Changes places with the layer before or after.
#[component]
fn Shift(
    id: LayerId,
    cell: CellId,
    by: isize,
    icon: Icon,
    name: &'static str,
    testid: &'static str,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let shift = move |()| {
        workspace.edit(&live, name.to_lowercase(), move |it| {
            shift(it, cell, id, by);
        });
    };
    view! {
        <IconButton icon name testid on_press=shift />
    }
}

/// Exchanges a layer with the one before or after; all are numbered anew.
fn shift(arrangement: &mut Arrangement, cell: CellId, id: LayerId, by: isize) {
    let mut layers: Vec<&mut Layer> = arrangement
        .layers
        .values_mut()
        .filter(|it| it.cell == cell)
        .collect();
    layers.sort_unstable_by_key(|it| (it.order, it.id));
    let at = layers.iter().position(|it| it.id == id);
    if let Some(at) = at
        && let Some(to) = at.checked_add_signed(by).filter(|to| *to < layers.len())
    {
        layers.swap(at, to);
    }
    for (order, layer) in layers.into_iter().enumerate() {
        layer.order = order as i32;
    }
}
