//! The dashboards an instrument comes with.

use serde::Deserialize;
use shared::topology::{CellGeometry, DataRole};

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
    /// The plotter that draws it.
    pub plotter: String,
    /// Name of the workflow that computes it; none for static geometry.
    pub workflow: Option<String>,
    /// The workflow's output.
    #[serde(default)]
    pub output: String,
    /// The sources shown, a subset of the workflow's.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What lies on the x axis of a correlation.
    pub x_axis: Option<LayerAxis>,
    /// What lies on the y axis of a correlation.
    pub y_axis: Option<LayerAxis>,
    /// Settings of the plotter that differ from its defaults.
    #[serde(default)]
    pub params: Params,
}

/// A device's history, or a count's, that a layer takes for an axis.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerAxis {
    /// Name of the workflow that computes it.
    pub workflow: String,
    /// The workflow's output.
    pub output: String,
    /// The source.
    pub source: String,
}

/// Data that a layer shows, whatever they are to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerData<'a> {
    /// What they are to it.
    pub role: DataRole,
    /// Name of the workflow that computes them.
    pub workflow: &'a str,
    /// The workflow's output.
    pub output: &'a str,
    /// The sources.
    pub sources: &'a [String],
}

impl Layer {
    /// Its data by role; none for static geometry.
    pub fn data(&self) -> impl Iterator<Item = LayerData<'_>> {
        let primary = self.workflow.as_ref().map(|workflow| LayerData {
            role: DataRole::Primary,
            workflow,
            output: &self.output,
            sources: &self.sources,
        });
        let x_axis = self.x_axis.as_ref().map(|it| it.data(DataRole::XAxis));
        let y_axis = self.y_axis.as_ref().map(|it| it.data(DataRole::YAxis));
        primary.into_iter().chain(x_axis).chain(y_axis)
    }
}

impl LayerAxis {
    fn data(&self, role: DataRole) -> LayerData<'_> {
        LayerData {
            role,
            workflow: &self.workflow,
            output: &self.output,
            sources: std::slice::from_ref(&self.source),
        }
    }
}

fn one() -> u32 {
    1
}
