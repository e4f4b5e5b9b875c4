//! `/status`: what the server counts. Sampled while somebody looks.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::status::Status;

use crate::browser::fetch::{self, FetchError};
use crate::browser::stop;
use crate::components::{SourceList, StreamTable, Totals};

/// How often the counters are asked for.
const PERIOD: Duration = Duration::from_secs(2);

/// Sources, streams and totals of the server.
#[component]
pub fn StatusPage() -> impl IntoView {
    let status = RwSignal::new(None::<Result<Status, FetchError>>);
    Effect::new(move || {
        sample(status);
        let timer = set_interval_with_handle(move || sample(status), PERIOD);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
    let body = move || match status.get() {
        None => view! { <p class="card-text">"Asking the server …"</p> }.into_any(),
        Some(Err(error)) => {
            view! { <p class="card-text">{format!("No answer: {error}.")}</p> }.into_any()
        }
        Some(Ok(status)) => view! {
            <Totals status=status.clone() />
            <SourceList sources=status.sources />
            <StreamTable streams=status.streams topics=status.topics />
        }
        .into_any(),
    };
    view! {
        <div class="sheet" data-testid="status">
            <h1>"Status"</h1>
            <div class="needs-script">{body}</div>
            <p class="without-script">
                "The counters are at " <a href="/api/v1/status">"/api/v1/status"</a> "."
            </p>
        </div>
    }
    .into_any()
}

fn sample(status: RwSignal<Option<Result<Status, FetchError>>>) {
    if stop::is_stopped() {
        return;
    }
    spawn_local(async move {
        let sampled = fetch::get_json("/api/v1/status").await;
        // The page may have been left meanwhile.
        status.try_set(Some(sampled));
    });
}
