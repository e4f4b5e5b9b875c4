//! What a tab keeps over a reload, and what a browser keeps. One that refuses storage forgets; nothing else breaks.

use web_sys::{Storage, window};

/// What was stored under `key`.
pub(crate) fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps `text` under `key`.
pub(crate) fn store(key: &str, text: &str) {
    if let Some(storage) = storage() {
        storage.set_item(key, text).ok();
    }
}

/// Keeps nothing under `key`.
pub(crate) fn forget(key: &str) {
    if let Some(storage) = storage() {
        storage.remove_item(key).ok();
    }
}

/// What the browser keeps under `key`, for all tabs and days to come.
pub(crate) fn load_lasting(key: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(key).ok()?
}

/// Keeps `text` under `key` for all tabs and days to come.
pub(crate) fn store_lasting(key: &str, text: &str) {
    if let Some(storage) = window().and_then(|it| it.local_storage().ok()?) {
        storage.set_item(key, text).ok();
    }
}

fn storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}
