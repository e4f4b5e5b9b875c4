//! The dashboards an instrument comes with.

use serde::Deserialize;
use shared::topology::CellGeometry;

use super::Params;

/// A dashboard tab.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    /// Name, unique within the instrument and kept for ever: the grid's id is derived from it.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Number of rows.
    pub nrows: u32,
    /// Number of columns.
    pub ncols: u32,
    /// Its plots.
    #[serde(rename = "cell", default)]
    pub cells: Vec<Cell>,
}

/// A rectangle of a grid, counted from the top left.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// First row.
    pub row: u32,
    /// First column.
    pub col: u32,
    /// Number of rows it covers.
    #[serde(default = "one")]
    pub row_span: u32,
    /// Number of columns it covers.
    #[serde(default = "one")]
    pub col_span: u32,
    /// Title for people; without one it is made from the layers.
    pub title: Option<String>,
    /// What is drawn, one above the other.
    #[serde(rename = "layer")]
    pub layers: Vec<Layer>,
}

impl Cell {
    /// Which rows and columns it takes.
    pub fn geometry(&self) -> CellGeometry {
        CellGeometry {
            row: self.row,
            col: self.col,
            row_span: self.row_span,
            col_span: self.col_span,
        }
    }
}

/// One plotted quantity.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// How it is drawn.
    pub plotter: PlotterKind,
    /// Name of the workflow that computes it.
    pub workflow: String,
    /// The workflow's output.
    pub output: String,
    /// The sources shown, a subset of the workflow's.
    pub sources: Vec<String>,
    /// Settings of the plotter that differ from its defaults.
    #[serde(default)]
    pub params: Params,
}

/// How a quantity is drawn. Each kind is implemented in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlotterKind {
    /// Values on two axes in colour.
    Image,
    /// Values on one axis.
    Lines,
    /// A value over time.
    Timeseries,
    /// Slices of three axes.
    Slicer,
}

impl PlotterKind {
    /// The name used in the instrument file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Lines => "lines",
            Self::Timeseries => "timeseries",
            Self::Slicer => "slicer",
        }
    }
}

fn one() -> u32 {
    1
}
