//! What every workflow is to the engine: messages in, labelled arrays out.

use shared::data::DataArray;
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

    /// What a person should know although the reduction goes on.
    fn warning(&self) -> Option<String> {
        None
    }
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
    /// A frame that is no image.
    #[error("expected frames on two axes, got {found:?}")]
    Shape {
        /// The lengths of its axes.
        found: Vec<usize>,
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
