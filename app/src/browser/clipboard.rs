//! The clipboard, also of pages without TLS, which browsers give no clipboard of their own.

use js_sys::Reflect;
use shared::notification::Severity;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement, window};

/// Copies a text; false where the browser does not let pages do that.
pub(crate) async fn copy(text: &str) -> bool {
    if let Some(navigator) = window().map(|it| it.navigator())
        && Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| it.is_object())
        && JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok()
    {
        return true;
    }
    copy_selected(text).unwrap_or_default()
}

/// What is said about a copy of something, such as `The link`.
pub(crate) fn outcome(what: &str, is_copied: bool) -> (Severity, String) {
    if is_copied {
        (Severity::Success, format!("{what} can be pasted now."))
    } else {
        let text = format!(
            "{what} could not be copied: the browser does not let this page use the clipboard."
        );
        (Severity::Error, text)
    }
}

/// Copies by way of a field that is selected, the way of old.
fn copy_selected(text: &str) -> Option<bool> {
    let document: HtmlDocument = window()?.document()?.dyn_into().ok()?;
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    field.set_class_name("visually-hidden");
    // Inside an open dialog everything else is inert.
    let around = document.query_selector("dialog[open]").ok().flatten();
    let around = around.or_else(|| document.body().map(Into::into))?;
    around.append_child(&field).ok()?;
    field.select();
    let is_copied = document.exec_command("copy").unwrap_or_default();
    field.remove();
    Some(is_copied)
}
