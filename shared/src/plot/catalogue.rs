//! What can be plotted how, as the server tells it: the answer to `GET /plotters`. It does not change while a server
//! runs.

use serde::{Deserialize, Serialize};

use crate::id::WorkflowId;
use crate::params::Schema;
use crate::topology::DataRole;

/// All plotters, and which of them draw what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// The plotters.
    pub plotters: Vec<PlotterInfo>,
    /// Every output that a workflow declares, whether or not it has data yet.
    pub outputs: Vec<OutputPlotters>,
}

/// One kind of plotter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlotterInfo {
    /// The name in a layer's configuration.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What it draws.
    pub description: String,
    /// The data that a layer names for it, and no others; none for static geometry.
    pub roles: Vec<RoleInfo>,
    /// True when its layers share a cell with no other.
    pub is_alone: bool,
    /// Its parameters.
    pub schema: Schema,
}

/// Data that a plotter takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleInfo {
    /// What they are to it.
    pub role: DataRole,
    /// Whether a layer must name them.
    pub is_required: bool,
    /// Sources of one layer at most.
    pub max_sources: u32,
}

/// The plotters that draw one output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputPlotters {
    /// The workflow.
    pub workflow: WorkflowId,
    /// The output's name.
    pub output: String,
    /// The names of the plotters, the most fitting first.
    pub plotters: Vec<String>,
    /// The names of the plotters that take it for an axis.
    pub axis_of: Vec<String>,
}

impl PlotterInfo {
    /// What it takes in a role; none if it takes nothing there.
    pub fn role(&self, role: DataRole) -> Option<&RoleInfo> {
        self.roles.iter().find(|it| it.role == role)
    }
}

impl Catalogue {
    /// One plotter.
    pub fn plotter(&self, name: &str) -> Option<&PlotterInfo> {
        self.plotters.iter().find(|it| it.name == name)
    }

    /// The plotters that draw an output, the most fitting first.
    pub fn plotters_of<'a>(
        &'a self,
        workflow: &WorkflowId,
        output: &str,
    ) -> impl Iterator<Item = &'a PlotterInfo> {
        let entry = self
            .outputs
            .iter()
            .find(|it| it.workflow == *workflow && it.output == output);
        let names = entry.map_or(&[][..], |it| &it.plotters);
        names.iter().filter_map(|name| self.plotter(name))
    }
}
