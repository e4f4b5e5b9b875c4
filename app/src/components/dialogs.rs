//! The place of dialogs, and of what they come from.

use leptos::ev;
use leptos::prelude::*;

use super::{Arranging, FigureTools, PartNotice};
use crate::arrange::{Dialog, Workspace};
use crate::browser::focus::{self, Origin};
use crate::cuts::Cuts;
use crate::live::Live;
use crate::part::Part;

/// The dialog that is open, if any. Plots go on behind it.
#[component]
pub fn Dialogs() -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let cuts = expect_context::<Cuts>();
    let arranging = expect_context::<Part<Arranging>>();
    let figure_tools = expect_context::<Part<FigureTools>>();
    Effect::new(move || {
        if workspace.is_editing.get() || workspace.dialog.with(Option::is_some) {
            arranging.want();
        } else {
            arranging.dismiss();
        }
    });
    let origin = StoredValue::new_local(Origin::default());
    Effect::new(move |was_open: Option<bool>| {
        let is_open = workspace.dialog.with(Option::is_some);
        match (was_open.unwrap_or(false), is_open) {
            (false, true) => origin.set_value(Origin::now()),
            // One that led to another is gone, so that the browser cannot give the focus back.
            (true, false) => origin.with_value(Origin::take_back),
            _ => {}
        }
        is_open
    });
    Effect::new(move || {
        if let Some(it) = arranging.get() {
            (it.tell_changing)(workspace, &live);
            cuts.set_maker(it.cut_hand);
        }
    });
    Effect::new(move || {
        let keys = window_event_listener(ev::keydown, move |event| on_key(&event, workspace));
        on_cleanup(move || keys.remove());
    });
    // The part tells its readers when another grid comes, or none; what is typed in a dialog must not go by that.
    let is_here = Memo::new(move |_| arranging.get().is_some());
    let dialog = move || {
        let dialog = workspace.dialog.get()?;
        let tools = is_here.get().then(|| untrack(|| arranging.get()))??;
        Some((tools.modal)(dialog))
    };
    view! {
        {dialog}
        <PartNotice part=arranging name="the tools for arranging" />
        <PartNotice part=figure_tools name="the menus of plots" />
    }
    .into_any()
}

/// A question mark lists the keys; Ctrl K, or Cmd K, finds commands.
fn on_key(event: &ev::KeyboardEvent, workspace: Workspace) {
    if workspace.dialog.with_untracked(Option::is_some) {
        return;
    }
    let with_command = event.ctrl_key() || event.meta_key();
    let dialog = match event.key().as_str() {
        "?" if !with_command && !focus::is_taken(event) => Dialog::Shortcuts,
        "k" if with_command && !event.shift_key() && !event.alt_key() => Dialog::Palette,
        _ => return,
    };
    event.prevent_default();
    workspace.dialog.set(Some(dialog));
}
