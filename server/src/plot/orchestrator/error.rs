//! Why an edit is refused.

use std::sync::Arc;

use shared::presence::MAX_NAME_CHARS;
use shared::topology::{MAX_STEPS, Misfit, PieceId, Versioned};
use shared::version::Stamp;

use super::authors::Authors;
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
    /// The name of its author is too long.
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
        by: Arc<str>,
        /// The state in which it is so.
        stamp: Stamp,
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

impl EditError {
    /// The same with the name of who was faster.
    pub(super) fn by_author(mut self, authors: &Authors) -> Self {
        if let Self::Lost { piece, by, .. } = &mut self {
            *by = authors.find(*piece);
        }
        self
    }
}

fn told_lost(piece: PieceId, is_there: bool, by: &str) -> String {
    let kind = piece.kind();
    let by = match by {
        "" => String::new(),
        by => format!(" by {by}"),
    };
    if is_there {
        format!("this {kind} was changed meanwhile{by}: look at it as it is now, then try again")
    } else {
        format!("this {kind} was removed meanwhile{by}")
    }
}
