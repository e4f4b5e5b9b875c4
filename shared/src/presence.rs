//! Who else is where a session is looking: telemetry, which has no revision and is kept nowhere.

use serde::{Deserialize, Serialize};

use crate::id::CellId;

/// What a session is told about the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// How many others look at its grid.
    pub others: usize,
    /// The cells that others change just now, on any grid.
    #[serde(default)]
    pub editing: Vec<CellId>,
}

impl Presence {
    /// True when there is nobody to speak of.
    pub fn is_alone(&self) -> bool {
        self.others == 0 && self.editing.is_empty()
    }
}

/// The body of `PUT /sessions/{id}/editing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Editing {
    /// The cell that the session changes; none when it is done.
    pub cell: Option<CellId>,
}
