//! What every workflow is to the engine: messages in, labelled arrays out.

use std::sync::Arc;

use shared::data::DataArray;
use shared::region::Region;
use shared::time::{TimeInterval, TimeNs};

use crate::wire::ad00::Ad00;
use crate::wire::da00::Da00;
use crate::wire::ev44::Pulse;

use super::histogram::RebinError;

/// Reduces the messages of one source. Owns all its state; nothing else reads or writes it.
pub trait Reducer: Send {
    /// Takes one message of the source.
    ///
    /// # Errors
    /// The message cannot be used; what was accumulated before is untouched.
    fn accumulate(&mut self, data: &Data<'_>) -> Result<(), ReduceError>;

    /// The results since the last call and since the beginning, by output name. Called only after data.
    fn publish(&mut self, span: &Span) -> Vec<(&'static str, DataArray)>;

    /// From now on these regions of interest lie on its images.
    fn set_regions(&mut self, _regions: &Arc<[Region]>) {}

    /// What changed regions make of what was accumulated until `span`, the newest results', when nothing came since.
    fn publish_regions(&mut self, _span: &Span) -> Vec<(&'static str, DataArray)> {
        Vec::new()
    }

    /// The times of its source begin anew: what comes next may be older than what came before.
    fn rewind(&mut self) {}

    /// What a person should know although the reduction goes on. The text stays the same while its reason
    /// does, since each change of a job's state wakes every session; numbers belong to [`Self::left_out`].
    fn warning(&self) -> Option<&'static str> {
        None
    }

    /// Events that could not be counted, for the status page.
    fn left_out(&self) -> LeftOut {
        LeftOut::default()
    }
}

/// Events that a reducer could not count since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Those of pixels that the detector does not have.
    pub unmapped: u64,
    /// Those that met a full counter of the spectra.
    pub saturated: u64,
}

/// A message of a source, decoded and checked; it borrows the bytes that came.
#[derive(Clone, Copy, Debug)]
pub enum Data<'a> {
    /// The events of one pulse.
    Events(Pulse<'a>),
    /// A histogram of a monitor.
    Histogram(Da00<'a>),
    /// A value of a device.
    Log(Sample),
    /// A frame of a camera.
    Frame(Ad00<'a>),
}

/// A value at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// When it was taken.
    pub time: TimeNs,
    /// The value.
    pub value: f64,
}

/// The spans of data time that a job's results cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Since the job's previous results.
    pub window: TimeInterval,
    /// Since its generation started.
    pub since_start: TimeInterval,
}

/// Why a message could not be reduced. The next good one heals the job.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReduceError {
    /// The workflow has no use for such messages.
    #[error("{workflow} cannot reduce {found}; check the stream's kind in the instrument file")]
    Kind {
        /// The kind of workflow.
        workflow: &'static str,
        /// What came.
        found: &'static str,
    },
    /// Events of a detector came without pixel ids.
    #[error("the events carry no pixel ids, which a detector's image needs")]
    NoPixels,
    /// A part of the message is not what a histogram needs.
    #[error("the histogram's {part} {problem}")]
    Histogram {
        /// Which variable.
        part: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The histogram's bins cannot be shared out.
    #[error(transparent)]
    Rebin(#[from] RebinError),
    /// A frame of another shape than the camera's.
    #[error(
        "expected frames of {expected:?} pixels, got {found:?}; check the camera, or its shape in the instrument file"
    )]
    Shape {
        /// The lengths of its axes.
        found: Vec<usize>,
        /// What the instrument declares.
        expected: [usize; 2],
    },
    /// A frame of text.
    #[error("the frame holds text, not numbers")]
    Text,
}

impl Data<'_> {
    /// The error for data that `workflow` has no use for.
    pub fn unexpected(&self, workflow: &'static str) -> ReduceError {
        let found = match self {
            Self::Events(_) => "events",
            Self::Histogram(_) => "histograms",
            Self::Log(_) => "values of a device",
            Self::Frame(_) => "camera frames",
        };
        ReduceError::Kind { workflow, found }
    }
}
