//! Streams of messages and the layout of what they carry.

use std::fmt;
use std::ops::RangeInclusive;

use serde::Deserialize;

/// One source of messages: a source name on a topic.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    /// Name inside Beamdeck, unique within the instrument.
    pub name: String,
    /// What its messages carry.
    pub kind: StreamKind,
    /// The Kafka topic.
    pub topic: String,
    /// The source name inside the messages.
    pub source: String,
    /// Name for people.
    pub title: String,
    /// Unit of a log's values, which the wire does not carry. Only logs have one.
    pub unit: Option<String>,
}

/// What the messages of a stream carry, and in which schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamKind {
    /// Neutron events with pixel ids (ev44).
    DetectorEvents,
    /// Camera frames (ad00).
    AreaDetector,
    /// Events of a monitor (ev44; pixel ids are not looked at).
    MonitorEvents,
    /// Histograms of a monitor (da00).
    MonitorHistogram,
    /// Values of a device over time (f144).
    Log,
}

impl StreamKind {
    /// Whether the stream belongs to a beam monitor.
    pub fn is_monitor(self) -> bool {
        matches!(self, Self::MonitorEvents | Self::MonitorHistogram)
    }

    /// The name used in the instrument file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DetectorEvents => "detector_events",
            Self::AreaDetector => "area_detector",
            Self::MonitorEvents => "monitor_events",
            Self::MonitorHistogram => "monitor_histogram",
            Self::Log => "log",
        }
    }
}

impl fmt::Display for StreamKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The pixels of a detector: ids count up through `shape` in row-major order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detector {
    /// The stream its events arrive on; also the detector's name.
    pub stream: String,
    /// Id of the first pixel.
    pub first_pixel_id: i32,
    /// Names of the logical axes, slowest first.
    pub dims: Vec<String>,
    /// Pixels along each axis.
    pub shape: Vec<usize>,
}

impl Detector {
    /// How many pixels there are.
    pub fn pixel_count(&self) -> usize {
        self.shape.iter().product()
    }

    /// The ids of the first and the last pixel.
    pub fn pixel_ids(&self) -> RangeInclusive<i64> {
        let first = i64::from(self.first_pixel_id);
        first..=first + self.pixel_count() as i64 - 1
    }
}

/// The frames of a camera.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaDetector {
    /// The stream its frames arrive on; also the camera's name.
    pub stream: String,
    /// Pixels along (y, x).
    pub shape: [usize; 2],
    /// Unit of a pixel's value, which the wire does not carry.
    #[serde(default = "counts")]
    pub unit: String,
}

fn counts() -> String {
    "counts".to_owned()
}
