//! What a tab keeps over a reload. A browser that refuses storage forgets; nothing else breaks.

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

fn storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}
