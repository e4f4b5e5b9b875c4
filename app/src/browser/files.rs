//! Files that a person chose.

use wasm_bindgen_futures::JsFuture;
pub(crate) use web_sys::File;
use web_sys::HtmlInputElement;

/// The file that was chosen.
pub(crate) fn chosen(input: &HtmlInputElement) -> Option<File> {
    input.files()?.get(0)
}

/// What a file holds; none when it cannot be read.
pub(crate) async fn text(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}
