//! The place of dialogs, and of what they come from.

use leptos::prelude::*;

use super::{Arranging, PartNotice};
use crate::arrange::Workspace;
use crate::part::Part;

/// The dialog that is open, if any. Plots go on behind it.
#[component]
pub fn Dialogs() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let arranging = expect_context::<Part<Arranging>>();
    Effect::new(move || {
        if workspace.is_editing.get() || workspace.dialog.with(Option::is_some) {
            arranging.want();
        } else {
            arranging.dismiss();
        }
    });
    let dialog = move || {
        let dialog = workspace.dialog.get()?;
        Some((arranging.get()?.modal)(dialog))
    };
    view! {
        {dialog}
        <PartNotice part=arranging name="the tools for arranging" />
    }
    .into_any()
}
