//! `/status`: what the server counts. Sampled while somebody looks.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::status::Status;

use crate::browser::fetch::{self, FetchError};
use crate::browser::{clock, stop, visibility};
use crate::components::{SourceList, StreamTable, Totals};

/// How often the counters are asked for.
const PERIOD: Duration = Duration::from_secs(2);

/// What is known of the server: the newest sample, and why there is none newer.
#[derive(Clone, Debug, Default)]
struct Known {
    newest: Option<Status>,
    trouble: Option<FetchError>,
}

/// Sources, streams and totals of the server.
#[component]
pub fn StatusPage() -> impl IntoView {
    let known = RwSignal::new(Known::default());
    Effect::new(move || {
        sample(known);
        let timer = set_interval_with_handle(move || sample(known), PERIOD);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
    let told = Memo::new(move |_| known.with(notice));
    view! {
        <div class="sheet" data-testid="status">
            <h1>"Status"</h1>
            <div class="needs-script">
                <p
                    class="card-text"
                    role="status"
                    data-testid="status-notice"
                    hidden=move || told.with(String::is_empty)
                >
                    {move || told.get()}
                </p>
                {move || known.get().newest.map(counters)}
            </div>
            <p class="without-script">
                "The counters are at " <a href="/api/v1/status">"/api/v1/status"</a> "."
            </p>
        </div>
    }
    .into_any()
}

fn counters(status: Status) -> impl IntoView {
    let store = status.store.clone().map(|trouble| {
        view! {
            <p class="card form-refusal" role="alert" data-testid="store-trouble">
                {trouble}
            </p>
        }
    });
    view! {
        {store}
        <Totals status=status.clone() />
        <SourceList sources=status.sources />
        <StreamTable streams=status.streams topics=status.topics />
    }
}

/// What there is to say beside the counters; nothing while they are fresh.
fn notice(known: &Known) -> String {
    match (&known.newest, &known.trouble) {
        (None, None) => "Asking the server …".to_owned(),
        (None, Some(trouble)) => format!("No answer: {trouble}."),
        (Some(_), None) => String::new(),
        (Some(newest), Some(trouble)) => {
            let as_of = clock::as_of(newest.server_time_ns);
            format!("No answer: {trouble}. The counters are {as_of}.")
        }
    }
}

/// Asks for a sample, unless nobody could see it. A failure leaves the one before.
fn sample(known: RwSignal<Known>) {
    if stop::is_stopped() || visibility::is_hidden() {
        return;
    }
    spawn_local(async move {
        let sampled = fetch::get_json("/api/v1/status").await;
        // The page may have been left meanwhile.
        known.try_update(|known| match sampled {
            Ok(newest) => {
                known.newest = Some(newest);
                known.trouble = None;
            }
            Err(trouble) => known.trouble = Some(trouble),
        });
    });
}
