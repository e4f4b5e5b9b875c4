//! Why an arrangement cannot be as asked.

use super::PieceId;

/// A rule that an edit would break. What it says is for people: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Misfit {
    /// Which piece does not fit.
    pub piece: PieceId,
    /// The field that cannot have its value whatever else there is, such as `title` or `params.window.seconds`; none
    /// when the piece does not fit beside others.
    pub field: Option<String>,
    /// What is wrong and what to do.
    pub reason: String,
}

impl Misfit {
    /// A piece that does not fit beside others.
    pub fn beside(piece: PieceId, reason: impl Into<String>) -> Self {
        Self {
            piece,
            field: None,
            reason: reason.into(),
        }
    }

    /// A field that cannot have its value.
    pub fn at(piece: PieceId, field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            piece,
            field: Some(field.into()),
            reason: reason.into(),
        }
    }
}
