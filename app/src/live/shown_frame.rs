//! What is said about a layer's picture beside it. The picture itself stays in the mirror.

use std::sync::Arc;

use shared::data::{Coord, CoordValues};
use shared::plot::frame::{FrameBody, Series};
use shared::sync::mirror::LayerFrame;
use shared::time::{TimeInterval, TimeNs};
use shared::version::Stamp;

/// Changes whenever the picture does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownFrame {
    /// The picture's version.
    pub version: Stamp,
    /// How many frames the layer has had up to this one.
    pub count: u64,
    /// How many of them this page never saw.
    pub skipped: u64,
    /// False for a picture from before the last snapshot.
    pub current: bool,
    /// Which shape the data have.
    pub kind: FrameKind,
    /// The data time it covers; none for static geometry.
    pub time: Option<TimeInterval>,
    /// How long after the end of that time the picture came, ns of the server's clock.
    pub lag_ns: Option<i64>,
    /// How many original samples stand behind one drawn at most.
    pub reduced: u32,
    /// What limits the picture, in words.
    pub note: Option<Arc<str>>,
}

/// The shape of a frame's data, which decides what can be chosen for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// Values on two axes.
    Image,
    /// Series of points, along time or not.
    Curves {
        /// Whether their abscissas are times, which have no other scale than the linear one.
        over_time: bool,
    },
    /// Single values.
    Scalars,
    /// Values on three axes; the lengths of these, outermost first.
    Volume([usize; 3]),
    /// Regions and lines.
    Shapes,
}

impl ShownFrame {
    /// What is said about `picture`, which came when the server's clock showed `now`.
    pub fn of(picture: &LayerFrame, now: TimeNs) -> Self {
        let frame = &picture.frame;
        Self {
            version: picture.version,
            count: picture.count,
            skipped: picture.skipped,
            current: picture.current,
            kind: FrameKind::of(&frame.body),
            time: frame.time,
            lag_ns: frame.time.map(|time| now.since(time.end)),
            reduced: frame.reduced,
            note: frame.note.clone(),
        }
    }
}

fn is_over_time(series: &Series) -> bool {
    matches!(series.x.values, CoordValues::Times(_))
}

impl FrameKind {
    fn of(body: &FrameBody) -> Self {
        match body {
            FrameBody::Image(_) => Self::Image,
            FrameBody::Curves(curves) => Self::Curves {
                over_time: curves.series.iter().any(is_over_time),
            },
            FrameBody::Scalars(_) => Self::Scalars,
            FrameBody::Volume(volume) => Self::Volume(volume.coords.each_ref().map(Coord::len)),
            FrameBody::Shapes(_) => Self::Shapes,
        }
    }

    /// True where values are told by colour.
    pub fn has_colours(self) -> bool {
        matches!(self, Self::Image | Self::Volume(_))
    }

    /// True where the horizontal axis is one of time.
    pub fn is_over_time(self) -> bool {
        matches!(self, Self::Curves { over_time: true })
    }

    /// True where there are axes to zoom.
    pub fn has_axes(self) -> bool {
        !matches!(self, Self::Scalars)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Curves { .. } => "curves",
            Self::Scalars => "values",
            Self::Volume(_) => "slice of a volume",
            Self::Shapes => "shapes",
        }
    }
}
