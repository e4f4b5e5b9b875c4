//! How regions look over an image.

use std::sync::Arc;

use shared::id::{LayerId, RegionId};
use shared::plot::frame::{Frame, FrameBody, Shapes};
use shared::plot::{CurveStyle, Dash, Ink, Rect, Shape, ShapeLine, ShapePlace};
use shared::region::Region;
use shared::version::{Epoch, Revision, Stamp};
use uuid::Uuid;

use crate::present::{Colour, Draw, LayerPicture, Scene, Theme};

/// The least opaque filling that shows what is inside and what is not.
const FILL: f64 = 0.08;
const HANDLE_PX: f64 = 5.0;

/// Regions as one more picture, above all others.
pub(crate) fn picture(regions: &[Region], selected: Option<RegionId>) -> LayerPicture {
    let shape = |region: &Region| Shape {
        name: Some(region.name.as_str().into()),
        line: ShapeLine {
            ink: Ink::Series(region.colour),
            width_px: if selected == Some(region.id) {
                3.0
            } else {
                2.0
            },
            ..ShapeLine::default()
        },
        fill: FILL,
        ..Shape::plain(ShapePlace::Area(region.area.clone()))
    };
    let shapes = regions.iter().map(shape).collect();
    LayerPicture {
        layer: LayerId(Uuid::nil()),
        frame: Arc::new(Frame {
            body: FrameBody::Shapes(Shapes { shapes }),
            time: None,
            reduced: 1,
            note: None,
        }),
        // Older than any frame, so that it does not count as the newest.
        version: Stamp {
            epoch: Epoch(Uuid::nil()),
            revision: Revision(0),
        },
        current: true,
        style: CurveStyle::default(),
        bars: None,
    }
}

/// Handles at places, and the outline through corners that are not closed yet, clipped to the frame.
pub(crate) fn marks(
    scene: &Scene,
    handles: Vec<[f64; 2]>,
    corners: &[[f64; 2]],
    theme: Theme,
) -> Vec<Draw> {
    let px = |[x, y]: &[f64; 2]| [scene.x.px_from_data(*x), scene.y.px_from_data(*y)];
    let outline: Vec<[f64; 2]> = corners.iter().map(px).collect();
    let dots = |points: Vec<[f64; 2]>, radius_px, colour| Draw::Dots {
        points,
        radius_px,
        colour,
    };
    let clip: Rect = scene.layout.frame;
    let places: Vec<[f64; 2]> = handles.into_iter().chain(outline.iter().copied()).collect();
    let line = |width_px, dash, colour: Colour| Draw::Line {
        points: outline.clone(),
        width_px,
        dash,
        colour,
    };
    vec![
        Draw::Clip(clip),
        line(4.0, Dash::Solid, theme.background.faded(0.6)),
        line(2.0, Dash::Dashed, theme.text),
        dots(places.clone(), HANDLE_PX, theme.background),
        dots(places, HANDLE_PX - 1.5, theme.text),
        Draw::Unclip,
    ]
}
