//! The instrument as a whole and how to find things in it.

use serde::Deserialize;

use super::check;
use super::problem::{self, Finding, Problem};
use super::{AreaDetector, Detector, Grid, InstrumentError, Stream, StreamKind, Workflow};

/// A named set of streams, detectors, workflows and default dashboards.
///
/// A value made by [`Instrument::parse`] has passed every check: names are unique, references
/// resolve, shapes are not empty, cells lie inside their grid.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Short name, the first part of a workflow id.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Pulses of the source per second, in Hz.
    pub pulse_rate_hz: f64,
    /// All streams, in the order of the file.
    #[serde(rename = "stream", default)]
    pub streams: Vec<Stream>,
    /// Pixel layout of every `detector_events` stream.
    #[serde(rename = "detector", default)]
    pub detectors: Vec<Detector>,
    /// Frame shape of every `area_detector` stream.
    #[serde(rename = "area_detector", default)]
    pub area_detectors: Vec<AreaDetector>,
    /// The workflows this instrument offers.
    #[serde(rename = "workflow", default)]
    pub workflows: Vec<Workflow>,
    /// The dashboards shown when nobody has arranged any.
    #[serde(rename = "grid", default)]
    pub grids: Vec<Grid>,
    /// Grids that people may add: the files in the folder of its name beside the declaration.
    #[serde(skip)]
    pub templates: Vec<Template>,
}

/// A grid file that comes with an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The file's name without its ending.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Instrument {
    /// Reads and checks a declaration; `file` only names it in messages.
    ///
    /// # Errors
    /// [`InstrumentError::Invalid`] with every syntax problem, or the first type problem, or every
    /// semantic problem found, each with its line and what to do.
    pub fn parse(file: &str, text: &str) -> Result<Self, InstrumentError> {
        Self::parse_with(file, text, |_| Vec::new())
    }

    /// The same with more rules: `more` is asked for its findings once all others are content.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_with(
        file: &str,
        text: &str,
        more: impl FnOnce(&Self) -> Vec<Finding>,
    ) -> Result<Self, InstrumentError> {
        let document = problem::document(file, text).map_err(InstrumentError::Invalid)?;
        let instrument: Self = toml::from_str(text).map_err(|error| {
            InstrumentError::Invalid(vec![Problem::from_toml(file, text, &error)])
        })?;
        let mut findings = check::findings(&instrument);
        if findings.is_empty() {
            findings = more(&instrument);
        }
        if findings.is_empty() {
            return Ok(instrument);
        }
        let locate = |finding| Problem::locate(file, text, &document, finding);
        Err(InstrumentError::Invalid(
            findings.into_iter().map(locate).collect(),
        ))
    }

    /// The stream called `name`.
    pub fn stream(&self, name: &str) -> Option<&Stream> {
        self.streams.iter().find(|stream| stream.name == name)
    }

    /// The pixel layout of the stream called `name`.
    pub fn detector(&self, name: &str) -> Option<&Detector> {
        self.detectors.iter().find(|item| item.stream == name)
    }

    /// The frame shape of the stream called `name`.
    pub fn area_detector(&self, name: &str) -> Option<&AreaDetector> {
        self.area_detectors.iter().find(|item| item.stream == name)
    }

    /// The workflow called `name`.
    pub fn workflow(&self, name: &str) -> Option<&Workflow> {
        self.workflows.iter().find(|item| item.name == name)
    }

    /// The streams of one kind, in the order of the file.
    pub fn streams_of(&self, kind: StreamKind) -> impl Iterator<Item = &Stream> {
        self.streams
            .iter()
            .filter(move |stream| stream.kind == kind)
    }

    /// Every topic a consumer has to read, sorted, each once.
    pub fn topics(&self) -> Vec<&str> {
        let mut topics: Vec<_> = self.streams.iter().map(|s| s.topic.as_str()).collect();
        topics.sort_unstable();
        topics.dedup();
        topics
    }
}
