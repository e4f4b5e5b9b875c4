//! The end of the client. A client that failed must not go on as if nothing were: whatever the browser calls asks here
//! first whether it still may run.

use std::sync::atomic::{AtomicBool, Ordering};

use web_sys::{Document, window};

/// The id of the banner that a stopped client shows.
pub(crate) const BANNER_ID: &str = "client-stopped";

static STOPPED: AtomicBool = AtomicBool::new(false);

/// True once nothing may run any more.
pub(crate) fn is_stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}

/// Nothing runs from now on, and a banner says so over pictures that stay.
pub(crate) fn stop() {
    STOPPED.store(true, Ordering::Relaxed);
    let Some(document) = document() else { return };
    if let Some(banner) = document.get_element_by_id(BANNER_ID) {
        banner.remove_attribute("hidden").ok();
    }
    if let Some(root) = document.document_element() {
        root.set_attribute("data-client", "stopped").ok();
    }
}

fn document() -> Option<Document> {
    window()?.document()
}
