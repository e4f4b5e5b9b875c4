//! Where the browser enters: the page's own snapshot becomes the first state.

use leptos::mount::hydrate_body;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::page;
use crate::document::SNAPSHOT_ID;
use crate::root::App;
use crate::snapshot::Snapshot;

/// Makes the server's page live.
#[wasm_bindgen]
pub fn hydrate() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        page::fail();
    }));
    let snapshot: Snapshot = page::embedded_json(SNAPSHOT_ID)
        .expect("the server embeds a snapshot in every page that loads the client");
    hydrate_body(move || {
        provide_context(snapshot);
        view! { <App /> }
    });
}
