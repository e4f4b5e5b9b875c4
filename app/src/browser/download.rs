//! Files that the browser saves.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url, window};

use super::timer;

/// The browser has begun to read a file long before this.
const KEPT_MS: u32 = 60_000;

/// Saves bytes under a name.
pub(crate) fn save_bytes(bytes: &[u8], media_type: &str, name: &str) {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&JsValue::from(parts), &options);
    if let Ok(blob) = blob {
        save(&blob, name);
    }
}

/// Saves a file under a name.
pub(crate) fn save(file: &Blob, name: &str) -> Option<()> {
    let address = Url::create_object_url_with_blob(file).ok()?;
    save_address(&address, name)?;
    timer::once(KEPT_MS, move || {
        Url::revoke_object_url(&address).ok();
    });
    Some(())
}

/// Saves what is at an address, under a name; where that is empty, under the one that the server gives it.
pub(crate) fn save_address(address: &str, name: &str) -> Option<()> {
    let document = window()?.document()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(address);
    anchor.set_download(name);
    anchor.click();
    Some(())
}
