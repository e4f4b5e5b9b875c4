//! How people change what is arranged: steps that happen together or not at all. Said in JSON only.

use serde::{Deserialize, Serialize};

use super::{Cell, Grid, Layer};
use crate::id::{CellId, GridId, LayerId, RegionId};
use crate::object::{Object, ObjectId};
use crate::region::Region;
use crate::time::TimeNs;
use crate::version::{Revision, Stamp};

/// A grid, a cell, a layer or a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Piece {
    /// A grid.
    Grid(Grid),
    /// A cell.
    Cell(Cell),
    /// A layer.
    Layer(Layer),
    /// A region of interest.
    Region(Region),
}

/// Names a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum PieceId {
    /// A grid.
    Grid(GridId),
    /// A cell.
    Cell(CellId),
    /// A layer.
    Layer(LayerId),
    /// A region of interest.
    Region(RegionId),
}

/// One step of an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Creates a piece, or replaces the version that was seen of it.
    Put {
        /// The piece as it shall be, whole.
        piece: Piece,
        /// The version seen of it; none creates it. A region is replaced without it, too: the later one wins.
        #[serde(default)]
        based_on: Option<Stamp>,
    },
    /// Removes a piece and what it holds.
    Remove {
        /// Which.
        piece: PieceId,
        /// The version seen of it; only a region may go without.
        #[serde(default)]
        based_on: Option<Stamp>,
        /// When given, nothing that it holds may be newer: what others added meanwhile is not taken along.
        #[serde(default)]
        as_of: Option<Stamp>,
    },
}

/// Steps that happen together or not at all: the body of `POST /topology`. Their order does not matter, and each
/// piece is named once at most: first everything is put, then removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The steps.
    pub steps: Vec<Step>,
    /// What their author is called, told to those who look at what goes or come too late; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
}

/// What is known of a grid or a region that was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// What it was called.
    pub title: String,
    /// What the one who removed it is called; empty where nobody said.
    pub by: String,
    /// When.
    pub time_ns: TimeNs,
}

/// A piece with its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versioned {
    /// The revision that last changed it.
    pub version: Revision,
    /// The piece.
    pub piece: Piece,
}

/// The answer to an edit: every piece that it changed, as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// The state that the answer is of.
    pub stamp: Stamp,
    /// What was put, the grids first, then cells, layers and regions.
    pub pieces: Vec<Versioned>,
    /// What is gone, with everything it held.
    pub removed: Vec<PieceId>,
}

/// What a program may read of the problem that refuses an edit; the status says which kind it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why, and what to do.
    pub detail: String,
    /// The piece that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece: Option<PieceId>,
    /// The field of it that cannot have its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The piece as it is now, when somebody was faster; none when it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Versioned>,
    /// What the one who was faster is called; empty where nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The state that somebody else's edit led to, or a newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<Stamp>,
}

impl Piece {
    /// Its id.
    pub fn id(&self) -> PieceId {
        match self {
            Self::Grid(grid) => PieceId::Grid(grid.id),
            Self::Cell(cell) => PieceId::Cell(cell.id),
            Self::Layer(layer) => PieceId::Layer(layer.id),
            Self::Region(region) => PieceId::Region(region.id),
        }
    }

    /// The piece that an object is; none for objects that are no pieces.
    pub fn of(object: &Object) -> Option<Self> {
        match object {
            Object::Grid(grid) => Some(Self::Grid(grid.clone())),
            Object::Cell(cell) => Some(Self::Cell(cell.clone())),
            Object::Layer(layer) => Some(Self::Layer(layer.clone())),
            Object::Region(region) => Some(Self::Region(region.clone())),
            _ => None,
        }
    }
}

impl From<Piece> for Object {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Grid(grid) => Self::Grid(grid),
            Piece::Cell(cell) => Self::Cell(cell),
            Piece::Layer(layer) => Self::Layer(layer),
            Piece::Region(region) => Self::Region(region),
        }
    }
}

impl PieceId {
    /// What people call such a piece.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Grid(_) => "grid",
            Self::Cell(_) => "cell",
            Self::Layer(_) => "layer",
            Self::Region(_) => "region",
        }
    }
}

impl From<GridId> for PieceId {
    fn from(id: GridId) -> Self {
        Self::Grid(id)
    }
}

impl From<CellId> for PieceId {
    fn from(id: CellId) -> Self {
        Self::Cell(id)
    }
}

impl From<LayerId> for PieceId {
    fn from(id: LayerId) -> Self {
        Self::Layer(id)
    }
}

impl From<RegionId> for PieceId {
    fn from(id: RegionId) -> Self {
        Self::Region(id)
    }
}

impl From<PieceId> for ObjectId {
    fn from(id: PieceId) -> Self {
        match id {
            PieceId::Grid(id) => Self::Grid(id),
            PieceId::Cell(id) => Self::Cell(id),
            PieceId::Layer(id) => Self::Layer(id),
            PieceId::Region(id) => Self::Region(id),
        }
    }
}

impl Step {
    /// The piece that it names.
    pub fn piece(&self) -> PieceId {
        match self {
            Self::Put { piece, .. } => piece.id(),
            Self::Remove { piece, .. } => *piece,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::Epoch;

    #[test]
    fn steps_are_said_as_documented() {
        let id = GridId::derived("g");
        let text = format!(
            r#"{{"steps":[{{"op":"put","piece":{{"kind":"grid","value":{{"id":"{id}","title":"G","nrows":1,"ncols":2,"enabled":true,"order":0}}}},"based_on":null}}]}}"#
        );
        let edit: Edit = serde_json::from_str(&text).unwrap();
        assert_eq!(edit.steps[0].piece(), PieceId::Grid(id));
        assert_eq!(serde_json::to_string(&edit).unwrap(), text);
        let stamp = Stamp {
            epoch: Epoch::random(),
            revision: Revision(3),
        };
        let remove = Step::Remove {
            piece: PieceId::Grid(id),
            based_on: Some(stamp),
            as_of: None,
        };
        let text = serde_json::to_string(&remove).unwrap();
        assert!(
            text.starts_with(r#"{"op":"remove","piece":{"kind":"grid","id":""#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Step>(&text).unwrap(), remove);
    }

    #[test]
    fn misspelt_keys_are_refused() {
        let id = GridId::derived("g");
        let grid =
            format!(r#"{{"id":"{id}","title":"","nrows":1,"ncols":1,"enabled":true,"order":0"#);
        for text in [
            format!(
                r#"{{"steps":[{{"op":"put","piece":{{"kind":"grid","value":{grid},"rows":1}}}}}}]}}"#
            ),
            format!(
                r#"{{"steps":[{{"op":"put","piece":{{"kind":"grid","value":{grid}}}}},"base":1}}]}}"#
            ),
            r#"{"steps":[],"dry":true}"#.to_owned(),
        ] {
            let error = serde_json::from_str::<Edit>(&text).unwrap_err();
            assert!(error.to_string().contains("unknown field"), "{error}");
        }
    }
}
