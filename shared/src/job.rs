//! Workflows that exist, and the jobs that run them.

use serde::{Deserialize, Serialize};

use crate::data::Unit;
use crate::id::{JobId, JobNumber, WorkflowId};
use crate::time::TimeNs;
use crate::topology::JsonText;

/// A kind of reduction that this server offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workflow {
    /// Its id.
    pub id: WorkflowId,
    /// What people call it.
    pub title: String,
    /// What it does, in a sentence or two.
    pub description: String,
    /// The sources that it can run for.
    pub sources: Vec<SourceInfo>,
    /// What it produces, grouped as people choose it.
    pub views: Vec<OutputView>,
}

impl Workflow {
    /// All that it produces, whatever the view.
    pub fn outputs(&self) -> impl Iterator<Item = &OutputInfo> {
        self.views.iter().flat_map(|view| &view.outputs)
    }

    /// The dimensions along y and x of the plane in which regions of interest lie: the inner ones of its image, which is its
    /// first output with two or more.
    pub fn region_plane(&self) -> Option<(&str, &str)> {
        self.outputs()
            .find_map(|output| match output.dims.as_slice() {
                [.., y, x] => Some((y.as_str(), x.as_str())),
                _ => None,
            })
    }

    /// What people call one of its sources; none where it has no such source.
    pub fn source_title(&self, name: &str) -> Option<&str> {
        let found = self.sources.iter().find(|source| source.name == name);
        found.map(|source| source.title.as_str())
    }
}

/// A source by name and title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// The stable name.
    pub name: String,
    /// What people call it.
    pub title: String,
}

/// One quantity, in the flavours in which it is produced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputView {
    /// The stable name, such as `image`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The outputs that carry it, such as `cumulative` and `current`.
    pub outputs: Vec<OutputInfo>,
}

/// One declared output, known before any data exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputInfo {
    /// The name in result keys.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Dimension names, outermost first; empty for a scalar.
    pub dims: Vec<String>,
    /// Unit of the values.
    pub unit: Unit,
    /// How values of successive results relate.
    pub temporality: Temporality,
}

/// How values of successive results relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Temporality {
    /// Covers the time since the previous result; disjoint.
    Window,
    /// Covers the time since the generation started.
    Cumulative,
    /// Carries one time per sample; each result holds only new samples.
    Series,
}

/// What is known of a workflow running for one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Which workflow for which source.
    pub id: JobId,
    /// Its generation.
    pub number: JobNumber,
    /// The parameters it was started with.
    pub params: JsonText,
    /// What it is doing.
    pub state: JobState,
    /// When it was started, server clock.
    pub started: TimeNs,
}

/// The states of a job that a person must be able to tell apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Started, no data seen yet.
    Pending,
    /// Reducing.
    Running,
    /// Reducing, but something needs attention.
    Warning {
        /// What needs attention.
        message: String,
    },
    /// The last data could not be reduced; the next good ones heal it.
    Error {
        /// What went wrong.
        message: String,
    },
    /// Ended by command.
    Stopped,
}

impl JobState {
    /// True until the job has ended.
    pub fn is_active(&self) -> bool {
        !matches!(self, Self::Stopped)
    }
}
