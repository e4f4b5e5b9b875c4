//! The document the client finds itself in.

use serde::de::DeserializeOwned;
use web_sys::{Document, window};

/// The JSON that the server embedded in the element `id`.
pub(crate) fn embedded_json<T: DeserializeOwned>(id: &str) -> Option<T> {
    let text = document()?.get_element_by_id(id)?.text_content()?;
    serde_json::from_str(&text).ok()
}

/// Shows the banner `id` and marks the whole page as no longer updated.
pub(crate) fn show_stopped(id: &str) {
    let Some(document) = document() else { return };
    if let Some(banner) = document.get_element_by_id(id) {
        banner.remove_attribute("hidden").ok();
    }
    if let Some(root) = document.document_element() {
        root.set_attribute("data-client", "stopped").ok();
    }
}

fn document() -> Option<Document> {
    window()?.document()
}
