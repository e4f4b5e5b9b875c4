//! Events worth telling people, each shown once by each page.

use leptos::prelude::*;
use shared::notification::{Notification, Severity};

use super::Icon;
use crate::live::Live;

/// The newest events; they wait in a corner until they are put away or have been read.
#[component]
pub fn Toasts() -> impl IntoView {
    let toasts = expect_context::<Live>().toasts;
    let list = toasts.clone();
    view! {
        <div class="toasts" role="log" aria-label="Notifications" data-testid="toasts">
            <For each=move || list.get() key=|it| it.number let:event>
                <Toast event toasts=toasts.clone() />
            </For>
        </div>
    }
    .into_any()
}

#[component]
fn Toast(event: Notification, toasts: ArcRwSignal<Vec<Notification>>) -> impl IntoView {
    let number = event.number;
    let dismiss = move |_| toasts.update(|list| list.retain(|it| it.number != number));
    view! {
        <div class="toast" data-severity=severity(event.severity) data-testid="toast">
            <span class="shape" aria-hidden="true"></span>
            <p>
                <strong>{severity(event.severity)}</strong>
                " "
                {event.message}
            </p>
            <button type="button" class="icon-button" aria-label="Dismiss" on:click=dismiss>
                {Icon::Close.view()}
            </button>
        </div>
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Success => "done",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
