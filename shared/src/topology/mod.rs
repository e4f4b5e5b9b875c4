//! What people arrange: grids, their cells, and the layers of a cell; and how they change it.

mod arrangement;
mod draft;
mod edit;
mod misfit;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use arrangement::Arrangement;
pub use draft::GridDraft;
pub use edit::{Edit, Edited, Piece, PieceId, Refusal, Removal, Step, Versioned};
pub use misfit::Misfit;
pub use template::{
    KeptTemplate, MAX_DESCRIPTION_CHARS, MAX_TEMPLATE_BYTES, MAX_TEMPLATES, NewTemplate,
    StoredTemplate, Template,
};

use crate::id::{CellId, GridId, JobId, LayerId, WorkflowId};
use crate::plot::params::AxesParams;

/// Rows or columns of a grid at most: the style sheet has so many places.
pub const MAX_LINES: u32 = 24;
/// Grids at most.
pub const MAX_GRIDS: usize = 200;
/// Cells at most, of all grids together.
pub const MAX_CELLS: usize = 4_000;
/// Layers at most, of all grids together.
pub const MAX_LAYERS: usize = 4_000;
/// Layers of one cell at most.
pub const MAX_LAYERS_PER_CELL: usize = 32;
/// Sources of one layer at most, in each role.
pub const MAX_SOURCES: usize = 64;
/// Characters of a title at most.
pub const MAX_TITLE_CHARS: usize = 200;
/// Steps of one edit at most.
pub const MAX_STEPS: usize = 2_000;

/// The parameters of a layer that are shown and not computed: how a page draws what it is given.
const SHOWN_PARAMS: [&str; 2] = ["style", AxesParams::GROUP];

/// A dashboard tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    /// Its id.
    pub id: GridId,
    /// What its tab says.
    pub title: String,
    /// Rows of equal height.
    pub nrows: u32,
    /// Columns of equal width.
    pub ncols: u32,
    /// Hidden from the tabs when false.
    pub enabled: bool,
    /// Tabs ascend by it, then by id.
    pub order: i32,
}

/// A rectangle of a grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Its id.
    pub id: CellId,
    /// The grid that holds it.
    pub grid: GridId,
    /// Which rows and columns it takes.
    pub geometry: CellGeometry,
    /// A title given by a person; the title is derived from the layers when absent.
    pub title: Option<String>,
}

impl Cell {
    /// What it is called: its own title, else the titles of its layers.
    pub fn full_title<'a>(&self, layers: impl IntoIterator<Item = &'a Layer>) -> String {
        if let Some(title) = self.title.as_ref().filter(|it| !it.trim().is_empty()) {
            return title.clone();
        }
        let titles = layers.into_iter().map(|it| it.title.as_str());
        titles.collect::<Vec<_>>().join(" · ")
    }
}

/// Rows and columns of a cell, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellGeometry {
    /// First row.
    pub row: u32,
    /// First column.
    pub col: u32,
    /// Rows taken, at least 1.
    pub row_span: u32,
    /// Columns taken, at least 1.
    pub col_span: u32,
}

impl CellGeometry {
    /// The rectangle between two corners, both included, each a row and a column.
    pub fn between(a: (u32, u32), b: (u32, u32)) -> Self {
        Self {
            row: a.0.min(b.0),
            col: a.1.min(b.1),
            row_span: a.0.abs_diff(b.0) + 1,
            col_span: a.1.abs_diff(b.1) + 1,
        }
    }

    /// So many rectangles of one size in this one, row by row, as large as they can be; none when they do not fit.
    pub fn tiled(self, count: u32) -> Option<Vec<Self>> {
        let size = |columns: u32| {
            let rows = count.div_ceil(columns);
            let (row_span, col_span) = (self.row_span / rows, self.col_span / columns);
            (row_span * col_span, columns, row_span, col_span)
        };
        let (area, columns, row_span, col_span) = (1..=count).map(size).max()?;
        let tile = |i: u32| Self {
            row: self.row + i / columns * row_span,
            col: self.col + i % columns * col_span,
            row_span,
            col_span,
        };
        (area > 0).then(|| (0..count).map(tile).collect())
    }

    /// True when it takes something, and nothing outside a grid of so many lines.
    pub fn is_within(self, nrows: u32, ncols: u32) -> bool {
        let fits = |first: u32, span: u32, lines: u32| {
            span > 0 && first.checked_add(span).is_some_and(|end| end <= lines)
        };
        fits(self.row, self.row_span, nrows) && fits(self.col, self.col_span, ncols)
    }

    /// True when both take a common position.
    pub fn overlaps(self, other: Self) -> bool {
        let meet = |a: u32, a_span: u32, b: u32, b_span: u32| {
            a < b.saturating_add(b_span) && b < a.saturating_add(a_span)
        };
        meet(self.row, self.row_span, other.row, other.row_span)
            && meet(self.col, self.col_span, other.col, other.col_span)
    }
}

/// One plotted quantity; the layers of a cell overlay in one figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Its id.
    pub id: LayerId,
    /// The cell that holds it.
    pub cell: CellId,
    /// Drawn in ascending order, then by id.
    pub order: i32,
    /// What the legend and the derived cell title say.
    pub title: String,
    /// What is computed.
    pub config: LayerConfig,
    /// Left out of the picture, for everybody, until somebody shows it again. It keeps its frames.
    #[serde(default)]
    pub hidden: bool,
}

/// Everything that the computation of a layer depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerConfig {
    /// The plotter's name, such as `image`.
    pub plotter: String,
    /// Where the data come from, by role; empty for static geometry.
    pub sources: BTreeMap<DataRole, DataSource>,
    /// The plotter's parameters as a JSON object; what is absent has its default.
    #[serde(default = "JsonText::empty")]
    pub params: JsonText,
}

impl LayerConfig {
    /// The job whose output is plotted; of several sources, that of the first.
    pub fn primary_job(&self) -> Option<JobId> {
        let data = self.sources.get(&DataRole::Primary)?;
        Some(JobId {
            workflow: data.workflow.clone(),
            source: data.sources.first()?.clone(),
        })
    }

    /// True when both give the same frames: they differ at most in what the groups `style` and `axes` of the
    /// parameters say, which is how pages draw.
    pub fn is_computed_like(&self, other: &Self) -> bool {
        let computed = |config: &Self| {
            let mut params = serde_json::Map::clone(&config.params.0);
            for shown in SHOWN_PARAMS {
                params.remove(shown);
            }
            params
        };
        self.plotter == other.plotter
            && self.sources == other.sources
            && (self.params == other.params || computed(self) == computed(other))
    }
}

/// How a layer's inputs are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataRole {
    /// What is plotted.
    Primary,
    /// What a correlation puts on its x axis.
    XAxis,
    /// What a correlation puts on its y axis.
    YAxis,
}

impl DataRole {
    /// The name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::XAxis => "x_axis",
            Self::YAxis => "y_axis",
        }
    }
}

/// One output of a workflow for one or more sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataSource {
    /// The workflow.
    pub workflow: WorkflowId,
    /// The output's name.
    pub output: String,
    /// The sources, in drawing order.
    pub sources: Vec<String>,
}

/// A JSON object kept as text, since the binary form does not describe itself. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonText(Arc<serde_json::Map<String, serde_json::Value>>);

impl JsonText {
    /// The object `{}`.
    pub fn empty() -> Self {
        Self::new(serde_json::Map::new())
    }

    /// Keeps an object.
    pub fn new(object: serde_json::Map<String, serde_json::Value>) -> Self {
        Self(Arc::new(object))
    }

    /// The object.
    pub fn object(&self) -> &serde_json::Map<String, serde_json::Value> {
        &self.0
    }

    /// Reads it as `T`; the message names the field that does not fit.
    pub fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(&*self.0)
    }
}

impl Serialize for JsonText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.0.serialize(serializer);
        }
        let text = serde_json::to_string(&self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return serde_json::Map::deserialize(deserializer).map(Self::new);
        }
        let text = String::deserialize(deserializer)?;
        serde_json::from_str(&text)
            .map(Self::new)
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_title_is_no_title() {
        let mut cell = Cell {
            id: CellId::derived("a"),
            grid: GridId::derived("a"),
            geometry: CellGeometry::between((0, 0), (0, 0)),
            title: Some("  ".to_owned()),
        };
        assert_eq!(cell.full_title([]), "");
        cell.title = Some("Mine".to_owned());
        assert_eq!(cell.full_title([]), "Mine");
    }

    #[test]
    fn cells_that_touch_do_not_overlap() {
        let cell = |row, col| CellGeometry {
            row,
            col,
            row_span: 1,
            col_span: 2,
        };
        assert!(cell(0, 0).overlaps(cell(0, 1)));
        assert!(!cell(0, 0).overlaps(cell(0, 2)));
        assert!(!cell(0, 0).overlaps(cell(1, 0)));
    }

    #[test]
    fn two_corners_make_a_rectangle_in_any_order() {
        let wanted = CellGeometry {
            row: 1,
            col: 2,
            row_span: 3,
            col_span: 1,
        };
        assert_eq!(CellGeometry::between((3, 2), (1, 2)), wanted);
        assert_eq!(CellGeometry::between((1, 2), (3, 2)), wanted);
        assert!(wanted.is_within(4, 3));
        assert!(!wanted.is_within(3, 3));
        let huge = CellGeometry {
            row: u32::MAX,
            ..wanted
        };
        assert!(!huge.is_within(4, 3));
    }

    #[test]
    fn a_place_is_divided_into_the_largest_equal_parts() {
        let place = CellGeometry::between((1, 2), (2, 5));
        let sizes = |count| {
            place
                .tiled(count)
                .map(|it| (it[0].row_span, it[0].col_span))
        };
        assert_eq!(sizes(1), Some((2, 4)));
        assert_eq!(sizes(2), Some((2, 2)));
        assert_eq!(sizes(3), Some((2, 1)));
        assert_eq!(sizes(8), Some((1, 1)));
        assert_eq!((sizes(9), sizes(0)), (None, None));
        let parts = place.tiled(3).unwrap();
        assert_eq!((parts[2].row, parts[2].col), (1, 4));
        assert!(parts.iter().all(|it| it.row >= 1 && it.col >= 2));
        assert!(!parts[0].overlaps(parts[1]) && !parts[1].overlaps(parts[2]));
    }

    #[test]
    fn what_is_only_shown_is_not_computed() {
        let config = |params: &str| LayerConfig {
            plotter: "lines".to_owned(),
            sources: BTreeMap::new(),
            params: serde_json::from_str(params).unwrap(),
        };
        let plain = config("{}");
        assert!(plain.is_computed_like(&config(r#"{"style":{"mode":"points"}}"#)));
        assert!(!plain.is_computed_like(&config(r#"{"window":{"seconds":2}}"#)));
    }

    #[test]
    fn parameters_survive_the_binary_form() {
        let json = r#"{"window":{"secs":2.5}}"#;
        let params: JsonText = serde_json::from_str(json).unwrap();
        let bytes = postcard::to_stdvec(&params).unwrap();
        assert_eq!(postcard::from_bytes::<JsonText>(&bytes).unwrap(), params);
        assert_eq!(serde_json::to_string(&params).unwrap(), json);
    }
}
