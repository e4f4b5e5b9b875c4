//! How the page stands to the server, in shape and words.

use leptos::prelude::*;

use crate::live::{Connection, Live};

/// The connection's state; announced politely when it changes.
#[component]
pub(crate) fn ConnectionChip() -> impl IntoView {
    let connection = expect_context::<Live>().connection;
    let state = Memo::new(move |_| connection.get());
    view! {
        <span
            class="connection needs-script"
            role="status"
            data-testid="connection"
            data-state=move || state.get().name()
        >
            <span class="shape" aria-hidden="true"></span>
            <span class="connection-text">{move || text(state.get())}</span>
        </span>
        <span class="connection without-script" data-state="offline" hidden=true>
            "not live"
        </span>
    }
}

fn text(state: Connection) -> &'static str {
    match state {
        Connection::Connecting => "connecting",
        Connection::Live => "live",
        Connection::Reconnecting => "reconnecting",
        Connection::Offline { .. } => "offline",
        Connection::Outdated => "reload needed",
    }
}
