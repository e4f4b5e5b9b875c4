//! What can be done to a cell while its grid is arranged.

use leptos::ev;
use leptos::prelude::*;
use shared::id::CellId;
use shared::topology::{Arrangement, Cell, CellGeometry};

use super::{Icon, IconButton, SharedText};
use crate::arrange::{Dialog, Drag, DragKind, Workspace};
use crate::browser::pointer;
use crate::live::Live;

/// A handle to move it, and buttons.
#[component]
pub(crate) fn CellTools(
    /// The cell.
    id: CellId,
    /// What it is called.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let remove = {
        let live = live.clone();
        move |()| {
            workspace.remove(&live, id.into(), title.get_untracked());
        }
    };
    let copy = move |()| workspace.duplicate_cell(&live, id);
    view! {
        <Handle id title kind=DragKind::Move />
        <IconButton
            icon=Icon::Layers
            name=Signal::derive(move || format!("Layers of {}", title.get()))
            testid="cell-layers"
            on_press=move |()| workspace.dialog.set(Some(Dialog::Layers(id)))
        />
        <IconButton
            icon=Icon::Copy
            name=Signal::derive(move || format!("Duplicate {}", title.get()))
            testid="cell-duplicate"
            on_press=copy
        />
        <IconButton
            icon=Icon::Close
            name=Signal::derive(move || format!("Remove {}", title.get()))
            testid="cell-remove"
            on_press=remove
        />
    }
    .into_any()
}

/// The corner of a cell, by which it is resized.
#[component]
pub(crate) fn CellCorner(
    /// The cell.
    id: CellId,
    /// What it is called.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    view! { <Handle id title kind=DragKind::Resize /> }
}

/// The title of a cell as a field.
#[component]
pub(crate) fn CellTitleField(
    /// The cell.
    id: CellId,
    /// What it is called now.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let cell = live.cells.signal(&id);
    let own = Memo::new(move |_| {
        let title = |it: &Option<Cell>| it.as_ref()?.title.clone();
        cell.with(title).unwrap_or_default()
    });
    let retitle = Callback::new(move |text: String| {
        let text = text.trim().to_owned();
        workspace.edit(&live, format!("title {text}"), move |it| {
            with_cell(it, id, |cell| {
                cell.title = (!text.is_empty()).then_some(text);
            });
        });
    });
    view! {
        <span
            class="cell-title-field"
            on:focusin=move |_| workspace.handled.set(Some(id))
            on:focusout=move |_| workspace.handled.set(None)
        >
            <SharedText
                class="text cell-title"
                testid="cell-title-field"
                name="Title of the plot"
                placeholder=title
                shared=own
                write=retitle
            />
        </span>
    }
}

/// Something to drag, or to move by arrow keys.
#[component]
fn Handle(id: CellId, title: Signal<String>, kind: DragKind) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let (name, hint, testid, icon, class) = match kind {
        DragKind::Move => (
            "Move",
            "Drag to move, or use the arrow keys; with Shift they resize",
            "cell-move",
            Icon::Move,
            "icon-button handle",
        ),
        DragKind::Resize => (
            "Resize",
            "Drag to resize, or use the arrow keys",
            "cell-resize",
            Icon::Corner,
            "icon-button handle handle-corner",
        ),
    };
    let drag = StoredValue::new(None::<Drag>);
    let place = {
        let live = live.clone();
        // From where it is by then: keys may be faster than the server.
        move |to: Box<dyn FnOnce(CellGeometry) -> Option<CellGeometry>>| {
            let label = format!("{} {}", name.to_lowercase(), title.get_untracked());
            workspace.edit(&live, label, move |it| {
                with_cell(it, id, |cell| {
                    cell.geometry = to(cell.geometry).unwrap_or(cell.geometry);
                });
            });
        }
    };
    let on_key = {
        let place = place.clone();
        move |event: ev::KeyboardEvent| {
            let kind = if event.shift_key() {
                DragKind::Resize
            } else {
                kind
            };
            let key = event.key();
            if key.starts_with("Arrow") {
                event.prevent_default();
                place(Box::new(move |from| kind.by_key(from, &key)));
            }
        }
    };
    let begin = {
        let live = live.clone();
        move |event: ev::PointerEvent| {
            pointer::capture(&event);
            let (arrangement, _) = workspace.arranged(&live);
            let at = pointer::part_of(&event, ".grid");
            drag.set_value(at.and_then(|at| Drag::begin(arrangement, id, kind, at)));
            workspace.handled.set(Some(id));
        }
    };
    let follow = move |event: ev::PointerEvent| {
        let at = pointer::part_of(&event, ".grid");
        let ghost = drag.try_update_value(|drag| Some(drag.as_mut()?.follow(at?)));
        if let Some(ghost) = ghost.flatten() {
            workspace.ghost.set(Some(ghost));
        }
    };
    let end = move |_| {
        workspace.ghost.set(None);
        workspace.handled.set(None);
        let drag = drag.try_update_value(Option::take).flatten();
        if let Some(geometry) = drag.and_then(|it| it.result()) {
            place(Box::new(move |_| Some(geometry)));
        }
    };
    let cancel = move |_| {
        workspace.ghost.set(None);
        workspace.handled.set(None);
        drag.set_value(None);
    };
    view! {
        <button
            type="button"
            id=format!("{testid}-{id}")
            class=class
            aria-label=move || format!("{name} {}", title.get())
            title=hint
            data-testid=testid
            on:keydown=on_key
            on:pointerdown=begin
            on:pointermove=follow
            on:pointerup=end
            on:pointercancel=cancel
        >
            {icon.view()}
        </button>
    }
    .into_any()
}

fn with_cell(arrangement: &mut Arrangement, id: CellId, change: impl FnOnce(&mut Cell)) {
    if let Some(cell) = arrangement.cells.get_mut(&id) {
        change(cell);
    }
}
