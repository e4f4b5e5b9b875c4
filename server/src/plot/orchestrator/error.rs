//! Why an edit is refused.

use shared::presence::MAX_NAME_CHARS;
use shared::topology::{MAX_STEPS, Misfit, PieceId, Versioned};

use crate::store::StoreError;

/// An edit is refused as a whole: nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// It has no steps, or names a piece twice.
    #[error("{0}")]
    Steps(&'static str),
    /// It has too many steps.
    #[error("an edit has {MAX_STEPS} steps at most: send several")]
    TooLong,
    /// Its author's name is too long.
    #[error("the name of who edits is longer than {MAX_NAME_CHARS} characters: shorten it")]
    LongName,
    /// It replaces something without saying which version of it was seen.
    #[error("this {} exists: say which version of it you have seen, by If-Match or based_on", piece.kind())]
    Unseen {
        /// The piece.
        piece: PieceId,
    },
    /// Somebody else was faster.
    #[error("{}", told_lost(*piece, current.is_some(), by))]
    Lost {
        /// The piece.
        piece: PieceId,
        /// The piece as it is now; none when it is gone.
        current: Option<Box<Versioned>>,
        /// What the one who was faster is called; empty where nobody said.
        by: String,
    },
    /// A rule would be broken.
    #[error(transparent)]
    Misfit(#[from] Misfit),
    /// The key belongs to another request.
    #[error("this Idempotency-Key was used for another request: make a new one for each edit")]
    KeyReused,
    /// It could not be saved.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn told_lost(piece: PieceId, is_there: bool, by: &str) -> String {
    let kind = piece.kind();
    let by = if by.is_empty() {
        String::new()
    } else {
        format!(" by {by}")
    };
    if is_there {
        format!("this {kind} was changed meanwhile{by}: look at it as it is now, then try again")
    } else {
        format!("this {kind} was removed meanwhile{by}")
    }
}
