//! Who else is where a session is looking: telemetry, which has no revision and is kept nowhere.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::id::CellId;

/// What a session is told about the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// How many others look at its grid. Scripts, which have no name, are not counted.
    pub others: usize,
    /// What some of them are called, at most [`MAX_NAMES`].
    #[serde(default)]
    pub names: Vec<Arc<str>>,
    /// The cells that others change just now, on any grid.
    #[serde(default)]
    pub editing: Vec<Editor>,
}

/// Somebody who changes a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Editor {
    /// The cell.
    pub cell: CellId,
    /// What they are called; empty if they have no name.
    pub name: Arc<str>,
}

/// Others who are told by name.
pub const MAX_NAMES: usize = 5;
/// Characters of a person's name at most.
pub const MAX_NAME_CHARS: usize = 60;

impl Presence {
    /// True when there is nobody to speak of.
    pub fn is_alone(&self) -> bool {
        self.others == 0 && self.editing.is_empty()
    }

    /// Those who look at the grid, in words, such as `Anna and 2 others`.
    pub fn told(&self) -> String {
        let unnamed = self.others.saturating_sub(self.names.len());
        let last = match unnamed {
            0 => None,
            1 => Some("1 other".to_owned()),
            unnamed => Some(format!("{unnamed} others")),
        };
        let mut all: Vec<String> = self.names.iter().map(ToString::to_string).collect();
        all.extend(last);
        match all.pop() {
            Some(last) if all.is_empty() => last,
            Some(last) => format!("{} and {last}", all.join(", ")),
            None => "nobody else".to_owned(),
        }
    }
}

/// The body of `PUT /sessions/{id}/editing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Editing {
    /// The cell that the session changes; none when it is done.
    pub cell: Option<CellId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_told_by_name_as_far_as_they_are_known() {
        let told = |others, names: &[&str]| {
            let names = names.iter().map(|it| Arc::from(*it)).collect();
            let editing = Vec::new();
            Presence {
                others,
                names,
                editing,
            }
            .told()
        };
        assert_eq!(told(0, &[]), "nobody else");
        assert_eq!(told(1, &["Anna"]), "Anna");
        assert_eq!(told(2, &["Anna", "Bert"]), "Anna and Bert");
        assert_eq!(told(4, &["Anna", "Bert"]), "Anna, Bert and 2 others");
    }
}
