//! What the pages of one browser say to each other about their common wake.

use serde::{Deserialize, Serialize};
use shared::id::SessionId;
use shared::sync::message::Wake;

/// A message between pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Relay {
    /// This session wants wakes; repeated now and then, so that a page that vanished is noticed.
    Join(SessionId),
    /// This session wants no more wakes.
    Leave(SessionId),
    /// A page holds the stream now and asks who wants wakes.
    WhoIsThere,
    /// The server said this.
    Wake(Wake),
    /// The stream broke.
    Lost,
}

/// What the driver of a [`super::wake_share::WakeShare`] must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ShareAction {
    /// Queue for the lock that makes this page the holder.
    RequestLock,
    /// Give up the lock, or the place in its queue.
    ReleaseLock,
    /// Open the stream for these sessions, closing any that is open.
    OpenStream(Vec<SessionId>),
    /// Close the stream.
    CloseStream,
    /// Tell the other pages.
    Send(Relay),
    /// A wake came.
    Woken(Wake),
    /// Wakes no longer come.
    Lost,
}
