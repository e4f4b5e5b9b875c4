//! What the person at this page is called where others read it: kept by the tab.

use shared::id::SessionId;
use shared::presence::MAX_NAME_CHARS;

use crate::browser::storage;

const KEY: &str = "beamdeck.name";

/// As the tab kept it, else something that tells pages apart.
pub(crate) fn own_name() -> String {
    storage::load(KEY).unwrap_or_else(|| {
        let id = SessionId::random().to_string();
        let name = format!("page {}", &id[..4]);
        storage::store(KEY, &name);
        name
    })
}

/// Keeps another name; returns what is kept, which is the old one where there is nothing to read in the new one.
pub(crate) fn keep_own_name(name: &str) -> String {
    let readable = name.chars().filter(|it| !it.is_control());
    let name: String = readable
        .collect::<String>()
        .trim()
        .chars()
        .take(MAX_NAME_CHARS)
        .collect();
    if name.is_empty() {
        return own_name();
    }
    storage::store(KEY, &name);
    name
}
