//! Which workflows an instrument offers.

use serde::Deserialize;

use super::StreamKind;

/// Parameters as written in the file; the kind that reads them checks their names and types.
pub type Params = serde_json::Map<String, serde_json::Value>;

/// A reduction offered for some sources of the instrument.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workflow {
    /// Name, unique within the instrument; the second part of the workflow id.
    pub name: String,
    /// A new version means results that differ in meaning; the third part of the workflow id.
    #[serde(default = "one")]
    pub version: u32,
    /// How the data is reduced.
    pub kind: WorkflowKind,
    /// Name for people.
    pub title: String,
    /// One or two sentences for people.
    #[serde(default)]
    pub description: String,
    /// Names of the streams it can run for; each runs as a job of its own.
    pub sources: Vec<String>,
    /// Other axes to see the pixels along; `detector_layers` needs it, other kinds have none.
    pub view: Option<LogicalView>,
    /// Defaults that differ from those of the kind.
    #[serde(default)]
    pub params: Params,
    /// Whether its jobs start with the server.
    #[serde(default)]
    pub autostart: bool,
}

/// How a workflow reduces data. Each kind is implemented in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkflowKind {
    /// Image and counts of an event detector on its logical axes.
    DetectorView,
    /// The same on three logical axes.
    DetectorLayers,
    /// Sum of camera frames.
    AreaDetectorView,
    /// Spectrum and counts of a monitor over time of arrival.
    MonitorHistogram,
    /// Values of a device over time.
    Timeseries,
    /// Number of events.
    TotalCounts,
}

impl WorkflowKind {
    /// Whether a stream of this kind can be reduced so.
    pub fn accepts(self, stream: StreamKind) -> bool {
        match self {
            Self::DetectorView | Self::DetectorLayers => stream == StreamKind::DetectorEvents,
            Self::AreaDetectorView => stream == StreamKind::AreaDetector,
            Self::MonitorHistogram => stream.is_monitor(),
            Self::Timeseries => stream == StreamKind::Log,
            Self::TotalCounts => {
                matches!(
                    stream,
                    StreamKind::DetectorEvents | StreamKind::MonitorEvents
                )
            }
        }
    }

    /// The name used in the instrument file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DetectorView => "detector_view",
            Self::DetectorLayers => "detector_layers",
            Self::AreaDetectorView => "area_detector_view",
            Self::MonitorHistogram => "monitor_histogram",
            Self::Timeseries => "timeseries",
            Self::TotalCounts => "total_counts",
        }
    }
}

/// Pixels folded anew: the same row-major order under other axes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogicalView {
    /// Names of the axes, slowest first.
    pub dims: Vec<String>,
    /// Pixels along each axis; their product is the detector's number of pixels.
    pub shape: Vec<usize>,
}

fn one() -> u32 {
    1
}
