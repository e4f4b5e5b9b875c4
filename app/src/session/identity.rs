//! Which session this page is: kept over a reload, never shared with a duplicated tab.
//!
//! A tab's storage is copied when the tab is duplicated. Therefore a page takes its name out of the storage while it
//! runs, and puts it back when it goes: a copy finds none and makes one of its own.

use shared::id::SessionId;

use crate::browser::storage;

const KEY: &str = "beamdeck.session";

/// The session that the tab kept, else a fresh one.
pub(super) fn take() -> SessionId {
    let kept = storage::load(KEY).and_then(|text| text.parse().ok());
    storage::forget(KEY);
    kept.unwrap_or_else(SessionId::random)
}

/// The page goes: whoever comes next in this tab may be this session.
pub(super) fn put_back(session: SessionId) {
    storage::store(KEY, &session.to_string());
}

/// The page came back from where browsers keep pages that went: the session is its own again.
pub(super) fn take_again() {
    storage::forget(KEY);
}
