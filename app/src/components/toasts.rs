//! Events worth telling people, each shown once by each page.

use leptos::prelude::*;
use shared::notification::{Notification, Severity};

use super::Icon;
use crate::browser::focus;
use crate::live::{Live, ToastOffer, Toasts};

/// The newest events; they wait in a corner until they are put away or have been read.
#[component]
pub fn ToastList() -> impl IntoView {
    let toasts = expect_context::<Live>().toasts;
    let missed = {
        let toasts = toasts.clone();
        Memo::new(move |_| toasts.with(Toasts::missed))
    };
    let events = {
        let toasts = toasts.clone();
        move || {
            let shown = |(event, offer): (&Notification, Option<&ToastOffer>)| {
                (event.clone(), offer.cloned())
            };
            toasts.with(|it| it.shown().map(shown).collect::<Vec<_>>())
        }
    };
    let dismiss_missed = {
        let toasts = toasts.clone();
        move || toasts.update(Toasts::dismiss_missed)
    };
    let missed_toast = move || {
        let text = missed_text(missed.get())?;
        let dismiss = dismiss_missed.clone();
        Some(view! { <Toast severity=Severity::Warning text testid="missed" offer=None dismiss /> })
    };
    let toast = move |(event, offer): (Notification, Option<ToastOffer>)| {
        let (toasts, number) = (toasts.clone(), event.number);
        let dismiss = move || toasts.update(|it| it.dismiss(number));
        view! { <Toast severity=event.severity text=event.message testid="toast" offer dismiss /> }
    };
    view! {
        <div class="toasts" role="log" aria-label="Notifications" data-testid="toasts">
            {missed_toast}
            <For each=events key=|(it, _)| it.number children=toast />
        </div>
    }
    .into_any()
}

#[component]
fn Toast(
    severity: Severity,
    text: String,
    testid: &'static str,
    offer: Option<ToastOffer>,
    dismiss: impl Fn() + Clone + 'static,
) -> impl IntoView {
    let name = name_of(severity);
    let offer = offer.map(|ToastOffer { verb, act }| {
        let dismiss = dismiss.clone();
        let take = move |_| {
            dismiss();
            focus::catch();
            act();
        };
        view! {
            <button type="button" class="button" data-testid="toast-offer" on:click=take>
                {verb}
            </button>
        }
    });
    view! {
        <div class="toast" data-severity=name data-testid=testid>
            <span class="shape" aria-hidden="true"></span>
            <p>
                <strong>{name}</strong>
                " "
                <span class="toast-text">{text}</span>
            </p>
            {offer}
            <button
                type="button"
                class="icon-button"
                aria-label="Dismiss"
                on:click=move |_| {
                    dismiss();
                    focus::catch();
                }
            >
                {Icon::Close.view()}
            </button>
        </div>
    }
}

fn missed_text(missed: u64) -> Option<String> {
    match missed {
        0 => None,
        1 => Some("1 event was missed".to_owned()),
        n => Some(format!("{n} events were missed")),
    }
}

fn name_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Success => "done",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
