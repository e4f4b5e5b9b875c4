//! Static geometry: rectangles and lines that people put over data. It is computed from its parameters alone.

use std::sync::Arc;

use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Frame, FrameBody, Shapes};
use shared::plot::params::{PositionsParams, RectanglesParams};
use shared::plot::{Area, Shape, ShapePlace};
use shared::topology::JsonText;

use super::kind::Kind;
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const RECTANGLES: Kind = Kind {
    name: "rectangles",
    title: "Rectangles",
    description: "Static rectangles over the other layers, where you say.",
    roles: &[],
    is_alone: false,
    schema: RectanglesParams::schema,
    make: make_rectangles,
};

pub(super) const VERTICAL_LINES: Kind = Kind {
    name: "vlines",
    title: "Vertical lines",
    description: "Static lines at values of the x axis.",
    roles: &[],
    is_alone: false,
    schema: PositionsParams::schema,
    make: |params| make_lines(params, ShapePlace::VerticalLine),
};

pub(super) const HORIZONTAL_LINES: Kind = Kind {
    name: "hlines",
    title: "Horizontal lines",
    description: "Static lines at values of the y axis.",
    roles: &[],
    is_alone: false,
    schema: PositionsParams::schema,
    make: |params| make_lines(params, ShapePlace::HorizontalLine),
};

/// Shapes that stand still.
#[derive(Debug)]
struct GeometryPlotter(Vec<Shape>);

fn make_rectangles(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    let params = RectanglesParams::read(params)?;
    let shape = |[x, y]: [[f64; 2]; 2]| Shape {
        line: params.line.line(),
        fill: params.fill,
        ..Shape::plain(ShapePlace::Area(Area::Rectangle { x, y }))
    };
    let shapes = params.rectangles()?.into_iter().map(shape).collect();
    Ok(Arc::new(GeometryPlotter(shapes)))
}

fn make_lines(
    params: &JsonText,
    place: fn(f64) -> ShapePlace,
) -> Result<Arc<dyn Plotter>, ParamError> {
    let params = PositionsParams::read(params)?;
    let shape = |at| Shape {
        line: params.line.line(),
        ..Shape::plain(place(at))
    };
    let shapes = params.values()?.into_iter().map(shape).collect();
    Ok(Arc::new(GeometryPlotter(shapes)))
}

impl Plotter for GeometryPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::Latest
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let shapes = self.0.clone();
        Ok(inputs.frame(FrameBody::Shapes(Shapes { shapes })))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::plot::Ink;

    use super::*;

    fn shapes(kind: &Kind, params: serde_json::Value) -> Vec<Shape> {
        let params = serde_json::from_value(params).expect("an object");
        let plotter = (kind.make)(&params).expect("they fit");
        let frame = plotter
            .compute(&Inputs::default())
            .expect("it needs no data");
        assert_eq!((frame.time, frame.reduced, frame.note), (None, 1, None));
        match frame.body {
            FrameBody::Shapes(shapes) => shapes.shapes,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn rectangles_stand_where_they_are_said_to() {
        let params =
            json!({"coordinates": "[10, 5, 0, 20]", "fill": 0.25, "line": {"colour": "#ff0000"}});
        let [shape] = shapes(&RECTANGLES, params).try_into().expect("one");
        let expected = Area::Rectangle {
            x: [0.0, 10.0],
            y: [5.0, 20.0],
        };
        assert_eq!(shape.place, ShapePlace::Area(expected));
        assert_eq!((shape.fill, shape.line.ink), (0.25, Ink::Rgb([255, 0, 0])));
    }

    #[test]
    fn lines_stand_at_their_positions() {
        let params = || json!({"positions": "1.5, 3"});
        let places = |kind| -> Vec<_> {
            let shapes = shapes(kind, params()).into_iter();
            shapes.map(|it| it.place).collect()
        };
        let vertical = [1.5, 3.0].map(ShapePlace::VerticalLine);
        assert_eq!(places(&VERTICAL_LINES), vertical);
        let horizontal = [1.5, 3.0].map(ShapePlace::HorizontalLine);
        assert_eq!(places(&HORIZONTAL_LINES), horizontal);
    }

    #[test]
    fn what_is_no_geometry_is_refused_at_its_field() {
        let params = serde_json::from_value(json!({"positions": "a"})).expect("an object");
        let error = (VERTICAL_LINES.make)(&params).expect_err("no number");
        assert_eq!(error.field, "positions");
    }
}
