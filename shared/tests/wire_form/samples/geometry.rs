//! Shapes and regions.

use shared::data::Unit;
use shared::id::{RegionId, WorkflowId};
use shared::plot::frame::{FrameBody, Shapes};
use shared::plot::{Area, Dash, Ink, Shape, ShapeLine, ShapePlace};
use shared::region::Region;
use uuid::Uuid;

pub(super) fn regions(workflow: &WorkflowId) -> impl Iterator<Item = Region> {
    let areas = areas().into_iter().zip(0..);
    areas.map(|(area, index)| region(workflow, area, index))
}

pub(super) fn shapes() -> FrameBody {
    FrameBody::Shapes(Shapes {
        shapes: vec![
            Shape {
                name: Some("left".into()),
                line: ShapeLine {
                    ink: Ink::Series(4),
                    width_px: 2.0,
                    dash: Dash::Alternating,
                    opacity: 0.5,
                },
                fill: 0.25,
                ..Shape::plain(ShapePlace::Area(areas().remove(1)))
            },
            Shape::plain(ShapePlace::VerticalLine(2.5)),
            Shape {
                line: ShapeLine {
                    ink: Ink::Rgb([255, 128, 0]),
                    dash: Dash::Dotted,
                    ..ShapeLine::default()
                },
                ..Shape::plain(ShapePlace::HorizontalLine(-2.5))
            },
        ],
    })
}

fn areas() -> Vec<Area> {
    vec![
        Area::Rectangle {
            x: [0.0, 2.0],
            y: [-1.5, 1.0],
        },
        Area::Polygon {
            vertices: vec![[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]],
        },
        Area::Ellipse {
            centre: [4.0, 5.0],
            radii: [0.5, 0.25],
        },
    ]
}

fn region(workflow: &WorkflowId, area: Area, index: u8) -> Region {
    Region {
        id: RegionId(Uuid::from_u128(30 + u128::from(index))),
        workflow: workflow.clone(),
        source: "panel_0".to_owned(),
        name: "Peak".to_owned(),
        colour: index,
        area,
        units: [Unit::dimensionless(), Unit::new("mm")],
        changed_by: "page 1a2b".to_owned(),
    }
}
