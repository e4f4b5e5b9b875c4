//! Versions: which server run, and how many commits into it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One run of the server, minted at its start and never stored.
///
/// Versions of different epochs are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Epoch(pub Uuid);

impl Epoch {
    /// A fresh epoch.
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }
}

/// The number of a commit within an epoch; an object's version is the revision that last changed it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl Revision {
    /// The revision of the next commit.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A point in the history of one server run, written `epoch.revision`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// The server run.
    pub epoch: Epoch,
    /// The commit within it.
    pub revision: Revision,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch.0, self.revision)
    }
}

/// The text is not `epoch.revision`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a version as epoch.revision, got {0:?}")]
pub struct ParseStampError(String);

impl FromStr for Stamp {
    type Err = ParseStampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || ParseStampError(text.to_owned());
        let (epoch, revision) = text.trim_matches('"').split_once('.').ok_or_else(fail)?;
        match (epoch.parse(), revision.parse()) {
            (Ok(epoch), Ok(revision)) => Ok(Self {
                epoch: Epoch(epoch),
                revision: Revision(revision),
            }),
            _ => Err(fail()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamp_survives_its_text_quoted_or_not() {
        let stamp = Stamp {
            epoch: Epoch::random(),
            revision: Revision(7),
        };
        assert_eq!(stamp.to_string().parse(), Ok(stamp));
        assert_eq!(format!("\"{stamp}\"").parse(), Ok(stamp));
        assert!("nonsense".parse::<Stamp>().is_err());
    }
}
