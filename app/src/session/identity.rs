//! Which session this page is: kept over a reload, never shared with a duplicated tab.

use shared::id::SessionId;

use crate::browser::locks::Lock;
use crate::browser::storage;

const KEY: &str = "beamdeck.session";

/// The page's session, and the lock that keeps a copy of the page from taking it too.
///
/// A duplicated tab inherits the storage of its origin: it finds the lock taken and makes a name of its own.
pub(crate) async fn claim() -> (SessionId, Option<Lock>) {
    if let Some(stored) = storage::load(KEY).and_then(|text| text.parse().ok())
        && let Some(lock) = Lock::try_take(&lock_name(stored)).await
    {
        return (stored, Some(lock));
    }
    let fresh = SessionId::random();
    storage::store(KEY, &fresh.to_string());
    let lock = Lock::try_take(&lock_name(fresh)).await;
    (fresh, lock)
}

fn lock_name(session: SessionId) -> String {
    format!("beamdeck-session-{session}")
}
