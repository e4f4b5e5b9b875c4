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
    /// This session wants no more wakes; if its page held the stream, somebody else has to.
    Leave(SessionId),
    /// The page of this session holds the stream; repeated, so that a page that stopped running loses it.
    Hold(SessionId),
    /// The server said this.
    Wake(Wake),
    /// The stream broke.
    Lost,
}

/// What the driver of a [`super::wake_share::WakeShare`] must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ShareAction {
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
