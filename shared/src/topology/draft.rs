//! A grid that could be added: what a template or a file describes, before anybody has decided to have it.

use serde::{Deserialize, Serialize};

use super::{Grid, Piece};

/// A grid with everything in it, whose ids nobody uses yet, so that adding it is an edit like any other. A region of
/// interest has the same id whenever the file is read, so that it comes once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridDraft {
    /// What the grid is for, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The grid, its cells and their layers, in this order, then regions of interest.
    pub pieces: Vec<Piece>,
    /// What is not as the file says, and why: for people.
    pub remarks: Vec<String>,
}

impl GridDraft {
    /// The grid itself.
    pub fn grid(&self) -> Option<&Grid> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Grid(grid) => Some(grid),
            _ => None,
        })
    }
}
