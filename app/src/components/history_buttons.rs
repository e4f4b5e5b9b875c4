//! The history of this page's edits.

use leptos::ev;
use leptos::prelude::*;

use super::{Icon, IconButton};
use crate::arrange::Workspace;
use crate::browser::focus;
use crate::live::Live;

/// Undo and redo, as buttons and as keys.
#[component]
pub(crate) fn HistoryButtons() -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let keys = window_event_listener(ev::keydown, move |event| {
        if !focus::is_taken(&event) {
            on_key(&event, workspace, &live);
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <HistoryButton
            name="Undo"
            testid="undo"
            icon=Icon::Undo
            label=Workspace::undo_label
            act=Workspace::undo
        />
        <HistoryButton
            name="Redo"
            testid="redo"
            icon=Icon::Redo
            label=Workspace::redo_label
            act=Workspace::redo
        />
    }
}

#[component]
fn HistoryButton(
    name: &'static str,
    testid: &'static str,
    icon: Icon,
    label: fn(Workspace) -> Option<String>,
    act: fn(Workspace, &Live),
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let label = Memo::new(move |_| label(workspace));
    let title = move || match label.get() {
        Some(label) => format!("{name}: {label}"),
        None => format!("{name}: nothing"),
    };
    view! {
        <IconButton
            icon
            name=Signal::derive(title)
            testid
            is_off=Signal::derive(move || label.get().is_none())
            on_press=move |()| act(workspace, &live)
        />
    }
}

/// Ctrl Z takes an edit back, with Shift it is done again.
fn on_key(event: &ev::KeyboardEvent, workspace: Workspace, live: &Live) {
    if !event.ctrl_key() && !event.meta_key() {
        return;
    }
    match event.key().as_str() {
        "z" => workspace.undo(live),
        "Z" => workspace.redo(live),
        _ => return,
    }
    event.prevent_default();
}
