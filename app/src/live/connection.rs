//! How the page stands to the server, as the header and the watermarks say it.

use shared::time::TimeNs;

/// How the page stands to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// The page has not asked yet.
    Connecting,
    /// Answers and wakes arrive.
    Live,
    /// Something is missing; the page tries again by itself.
    Reconnecting,
    /// No answer for so long that pictures carry their date.
    Offline {
        /// The server's clock at the last answer.
        since: TimeNs,
    },
    /// The server speaks another protocol: only a reload helps.
    Outdated,
}

impl Connection {
    /// The stable name, for style and tests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Live => "live",
            Self::Reconnecting => "reconnecting",
            Self::Offline { .. } => "offline",
            Self::Outdated => "outdated",
        }
    }

    /// True when pictures may lag without the page knowing.
    pub fn is_dated(self) -> bool {
        matches!(self, Self::Offline { .. } | Self::Outdated)
    }
}
