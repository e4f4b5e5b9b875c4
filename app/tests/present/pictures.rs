//! Frames to draw, and what was drawn.

use std::sync::Arc;

use app::present::{Draw, LayerPicture, Room, Scene, Theme};
use shared::data::{Coord, CoordValues, Unit, Values};
use shared::id::LayerId;
use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Image, Quantity, Series};
use shared::plot::{CurveStyle, Errors, Panel};
use shared::version::{Epoch, Revision, Stamp};

pub(super) fn room(width: f64, height: f64) -> Room {
    Room {
        size_px: [width, height],
        device_pixel_ratio: 1.0,
        text_px: 15.0,
        theme: Theme::of(Panel::Dark),
        utc_offset_s: 3600,
        zone: "Europe/Copenhagen".to_owned(),
    }
}

pub(super) fn picture(body: FrameBody) -> LayerPicture {
    let frame = Frame {
        body,
        time: None,
        reduced: 1,
        note: None,
    };
    LayerPicture {
        layer: LayerId::derived("layer"),
        frame: Arc::new(frame),
        version: Stamp {
            epoch: Epoch(uuid::Uuid::nil()),
            revision: Revision(1),
        },
        current: true,
        style: CurveStyle::default(),
        bars: None,
    }
}

pub(super) fn counts() -> Quantity {
    Quantity {
        label: "Counts".into(),
        unit: Unit::counts(),
    }
}

pub(super) fn coord(label: &str, values: CoordValues) -> Coord {
    Coord {
        dim: label.into(),
        label: label.into(),
        unit: Unit::new("mm"),
        values,
    }
}

pub(super) fn pixels(label: &str, len: usize) -> Coord {
    coord(
        label,
        CoordValues::Linear {
            start: 0.0,
            step: 1.0,
            len,
        },
    )
}

/// 4 rows of 8: the value is `10 * row + column`.
pub(super) fn image() -> LayerPicture {
    let values = Values::U32(
        (0..4)
            .flat_map(|row| (0..8).map(move |col| 10 * row + col))
            .collect(),
    );
    picture(FrameBody::Image(Image {
        x: pixels("x", 8),
        y: pixels("y", 4),
        quantity: counts(),
        extent: Extent::of_values(&values),
        values: Arc::new(values),
        errors: Errors::PerCount(1.0),
    }))
}

pub(super) fn series(name: &str, x: CoordValues, y: Vec<f64>) -> Series {
    let extent = Extent::of(y.iter().copied());
    let y = Arc::new(Values::F64(y));
    Series {
        name: name.into(),
        x: coord("Position", x),
        y,
        errors: None,
        extent,
        colour: None,
    }
}

/// Curves of what is not counted: nothing is known of their errors but what they bring.
pub(super) fn curves(series: Vec<Series>) -> LayerPicture {
    let quantity = Quantity {
        label: "Signal".into(),
        unit: Unit::new("V"),
    };
    picture(FrameBody::Curves(Curves { quantity, series }))
}

pub(super) fn points(values: &[f64]) -> CoordValues {
    CoordValues::Points(values.into())
}

pub(super) fn words(scene: &Scene) -> Vec<&str> {
    fn text(draw: &Draw) -> Option<&str> {
        match draw {
            Draw::Text(it) => Some(it.words.as_str()),
            _ => None,
        }
    }
    scene.over.iter().filter_map(text).collect()
}

pub(super) fn lines(scene: &Scene) -> Vec<&[[f64; 2]]> {
    fn line(draw: &Draw) -> Option<&[[f64; 2]]> {
        match draw {
            Draw::Line { points, .. } => Some(points),
            _ => None,
        }
    }
    scene.over.iter().filter_map(line).collect()
}

/// The middle of the frame.
pub(super) fn centre(scene: &Scene) -> [f64; 2] {
    let frame = scene.layout.frame;
    [
        frame.left + frame.width / 2.0,
        frame.top + frame.height / 2.0,
    ]
}

/// The largest text that is drawn.
pub(super) fn font_px(scene: &Scene) -> f64 {
    let sizes = scene.over.iter().filter_map(|draw| match draw {
        Draw::Text(text) => Some(text.size_px),
        _ => None,
    });
    sizes.fold(0.0, f64::max)
}
