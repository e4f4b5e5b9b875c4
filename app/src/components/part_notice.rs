//! What a page says about a part of the client that is not here yet.

use leptos::prelude::*;

use crate::live::{Connection, Live};
use crate::part::{Part, PartState};

/// Says that a part is on its way, or that it did not come.
#[component]
pub(crate) fn PartNotice<T: Copy + Send + Sync + 'static>(
    /// The part.
    part: Part<T>,
    /// What it is for.
    name: &'static str,
) -> impl IntoView {
    let connection = expect_context::<Live>().connection;
    let is_live = Memo::new(move |_| connection.get() == Connection::Live);
    Effect::new(move |was_live: Option<bool>| {
        let is_live = is_live.get();
        // What did not come while the server was away comes by itself.
        if is_live && was_live == Some(false) && part.has_failed() {
            part.want();
        }
        is_live
    });
    move || match part.state() {
        PartState::Absent | PartState::Here(_) => ().into_any(),
        PartState::Coming => coming(name),
        PartState::Failed => failed(name, move || part.want()),
    }
}

fn coming(name: &'static str) -> AnyView {
    view! {
        <p class="part-notice part-coming" role="status" data-testid="part-coming">
            {format!("Loading {name} …")}
        </p>
    }
    .into_any()
}

fn failed(name: &'static str, retry: impl Fn() + 'static) -> AnyView {
    view! {
        <div class="part-notice" role="alert" data-testid="part-failed">
            <p>
                {format!(
                    "Cannot load {name}: the server does not answer, or has another version of this page by now.",
                )}
            </p>
            <button type="button" class="button" data-testid="part-retry" on:click=move |_| retry()>
                "Try again"
            </button>
            <a class="button" href="" rel="external">
                "Reload"
            </a>
        </div>
    }
    .into_any()
}
