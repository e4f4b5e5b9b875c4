//! The document the client finds itself in.

use serde::de::DeserializeOwned;
use shared::time::TimeNs;
use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, window};

use super::{clock, stop};

/// The JSON that the server embedded in the element `id`.
pub(crate) fn embedded_json<T: DeserializeOwned>(id: &str) -> Option<T> {
    let text = document()?.get_element_by_id(id)?.text_content()?;
    serde_json::from_str(&text).ok()
}

/// Stops after a failure that leaves nothing to rely on: the page is told by its elements alone, without signals.
pub(crate) fn fail() {
    stop::stop();
    let Some(document) = document() else { return };
    for chip in all(&document, ".connection") {
        chip.set_attribute("data-state", "stopped").ok();
    }
    for text in all(&document, ".connection-text") {
        text.set_text_content(Some("stopped"));
    }
    for cell in all(&document, ".cell") {
        date(&cell);
    }
}

/// Puts the date of what a cell's canvas shows over it.
fn date(cell: &Element) {
    let find = |selector| cell.query_selector(selector).ok().flatten();
    let until = find("canvas").and_then(|it| it.get_attribute("data-until")?.parse().ok());
    if let (Some(until), Some(mark)) = (until.map(TimeNs), find(".watermark")) {
        mark.set_text_content(Some(&clock::as_of(until)));
        mark.remove_attribute("hidden").ok();
    }
}

fn all(document: &Document, selector: &str) -> Vec<Element> {
    let found = document.query_selector_all(selector);
    let found = found.map_or_else(
        |_| Vec::new(),
        |list| (0..list.length()).filter_map(|i| list.get(i)).collect(),
    );
    found
        .into_iter()
        .filter_map(|it| it.dyn_into().ok())
        .collect()
}

fn document() -> Option<Document> {
    window()?.document()
}
