//! How a grid is written down: the document that people keep, edit and pass on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shared::id::WorkflowId;
use shared::topology::{CellGeometry, DataRole};

/// A grid. It names no ids: who reads it twice gets two grids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GridFile {
    /// What its tab says.
    pub(super) title: String,
    /// What it is for, told where a template is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    /// Rows of equal height; more when a cell needs more.
    #[serde(default = "three")]
    pub(super) nrows: u32,
    /// Columns of equal width; more when a cell needs more.
    #[serde(default = "three")]
    pub(super) ncols: u32,
    /// Hidden from the tabs when false.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub(super) enabled: bool,
    /// Its cells.
    #[serde(default)]
    pub(super) cells: Vec<CellFile>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CellFile {
    /// Which rows and columns it takes.
    pub(super) geometry: CellGeometry,
    /// A title given by a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    /// Its layers, the lowest first.
    pub(super) layers: Vec<LayerFile>,
}

/// A layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LayerFile {
    /// What people call it; derived when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    /// The plotter's name.
    pub(super) plotter: String,
    /// Where the data come from, by role.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) sources: BTreeMap<DataRole, SourceFile>,
    /// The plotter's parameters that are not as by default.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) params: Map<String, Value>,
    /// Left out of the picture.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) hidden: bool,
}

/// Where data come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceFile {
    /// The workflow.
    pub(super) workflow: WorkflowId,
    /// The output's name.
    pub(super) output: String,
    /// The sources, in drawing order.
    pub(super) sources: Vec<String>,
}

/// Several grids in one document.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GridsFile {
    pub(super) grids: Vec<GridFile>,
}

fn three() -> u32 {
    3
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_true(value: &bool) -> bool {
    *value
}
