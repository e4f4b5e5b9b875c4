//! Profile: the values of an image along a line through it.

mod cut;

use std::sync::Arc;

use shared::data::{Coord, CoordValues, Values};
use shared::job::OutputInfo;
use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Series};
use shared::plot::params::ProfileParams;
use shared::topology::JsonText;

use self::cut::{Cut, Matrix};
use super::inputs::{coords, quantity};
use super::kind::{Kind, RoleKind};
use super::{Input, Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Profile",
    description: "Values along a line through an image.",
    roles: &[RoleKind::primary(1, draws)],
    is_alone: false,
    schema: ProfileParams::schema,
    make,
};

const NAME: &str = "profile";

#[derive(Debug)]
struct ProfilePlotter(ProfileParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(ProfilePlotter(ProfileParams::read(params)?)))
}

fn draws(output: &OutputInfo) -> bool {
    output.dims.len() == 2
}

impl Plotter for ProfilePlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let input = inputs.only(NAME)?;
        let [y, x] = coords(input, NAME, "values on two axes")?;
        let matrix = Matrix {
            axes: [x, y],
            values: &input.data.values,
            variances: input.data.known_variances(),
        };
        let cut = Cut::along(matrix, &self.0.cut);
        if cut.places.is_empty() {
            return Err(PlotError::Outside {
                source_title: Arc::clone(&input.title),
            });
        }
        let along = axis(input, [x, y], &cut)?;
        let values = Values::F64(cut.values);
        let series = Series {
            name: Arc::clone(&input.title),
            colour: None,
            x: along,
            extent: Extent::of_values(&values),
            y: Arc::new(values),
            errors: cut.errors.map(|it| Arc::new(Values::F64(it))),
        };
        let body = FrameBody::Curves(Curves {
            quantity: quantity(&input.data),
            series: vec![series],
        });
        Ok(inputs.frame(body))
    }
}

/// What the profile is drawn over: the axis that the line runs along, else the distance from where it starts, which
/// needs axes of one unit.
fn axis(input: &Input, [x, y]: [&Coord; 2], cut: &Cut) -> Result<Coord, PlotError> {
    let along = |axis: &Coord, part: usize| Coord {
        values: CoordValues::Points(cut.places.iter().map(|it| it[part]).collect()),
        ..axis.clone()
    };
    let [start, end] = cut.ends;
    if start[1] == end[1] {
        return Ok(along(x, 0));
    }
    if start[0] == end[0] {
        return Ok(along(y, 1));
    }
    if x.unit != y.unit {
        return Err(PlotError::Slanted {
            source_title: Arc::clone(&input.title),
            x_unit: x.unit.named().to_owned(),
            y_unit: y.unit.named().to_owned(),
        });
    }
    let [run, rise] = [end[0] - start[0], end[1] - start[1]];
    let length = run.hypot(rise);
    // The middle of the first element may lie before the line begins.
    let distance =
        |place: &[f64; 2]| ((place[0] - start[0]) * run + (place[1] - start[1]) * rise) / length;
    Ok(Coord {
        dim: "distance".into(),
        label: "Distance along the line".into(),
        unit: x.unit.clone(),
        values: CoordValues::Points(cut.places.iter().map(distance).collect()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::plotters::samples::{compute, input, inputs};

    fn profile(params: &str) -> Result<Series, PlotError> {
        let coords = vec![Coord::index("y", 3), Coord::index("x", 4)];
        let image = input("a", coords, Values::U32((0..12).collect()));
        match compute(NAME, params, &inputs(vec![image]))?.body {
            FrameBody::Curves(curves) => Ok(curves.series[0].clone()),
            _ => panic!("not curves"),
        }
    }

    #[test]
    fn a_slanted_line_is_drawn_over_the_distance_from_where_it_starts() {
        let params = r#"{"cut":{"from_x":0.4,"from_y":0.4,"to_x":2,"to_y":2}}"#;
        let series = profile(params).expect("it passes three elements");
        assert_eq!(*series.y, Values::F64(vec![0.0, 5.0, 10.0]));
        let root = 2_f64.sqrt();
        for (i, place) in [-0.4, 0.6, 1.6].into_iter().enumerate() {
            assert!((series.x.centre(i) - place * root).abs() < 1e-12);
        }
    }

    #[test]
    fn a_line_beside_the_image_says_so() {
        let params = r#"{"cut":{"from_x":9,"from_y":0,"to_x":9,"to_y":2}}"#;
        let error = profile(params).expect_err("there is no tenth column");
        let text = "the line does not meet the image of a: move it there";
        assert_eq!(error.to_string(), text);
    }
}
