//! Flatten: values on three to six axes as an image, several dimensions side by side along x and y.

use std::sync::Arc;

use shared::data::Coord;
use shared::job::OutputInfo;
use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::Errors;
use shared::plot::Plane;
use shared::plot::frame::{Extent, Frame, FrameBody, Image};
use shared::plot::params::FlattenParams;
use shared::topology::{JsonText, MAX_SOURCES};

use super::inputs::quantity;
use super::kind::{Kind, RoleKind};
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Flatten",
    description: "Values on three to six axes as an image, some of them side by side.",
    roles: &[RoleKind::primary(MAX_SOURCES, |output| {
        matches!(output.dims.len(), 3..=6)
    })],
    is_alone: false,
    schema: FlattenParams::schema,
    make,
};

const NAME: &str = "flatten";

#[derive(Debug)]
struct FlattenPlotter(FlattenParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(FlattenPlotter(FlattenParams::read(params)?)))
}

impl Plotter for FlattenPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn refusal(&self, output: &OutputInfo) -> Option<ParamError> {
        let names: Vec<&str> = output.dims.iter().map(String::as_str).collect();
        self.0.dims(&names).err()
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let inputs = inputs.at(self.0.rate)?;
        let inputs = inputs.added_up()?;
        let input = inputs.only(NAME)?;
        let coords = &input.data.coords;
        let names: Vec<&str> = coords.iter().map(|it| &*it.dim).collect();
        let dims = self
            .0
            .dims(&names)
            .map_err(|it| PlotError::Params(it.to_string()))?;
        let plane = Plane::flatten(&input.data.shape(), &dims.rows, &dims.columns);
        let plane = plane.map_err(|it| PlotError::Params(it.to_string()))?;
        let errors = Errors::of(&input.data);
        let (values, errors) = if dims.rows.iter().chain(&dims.columns).is_sorted() {
            // Side by side in the order that they have: the values lie as they did.
            (Arc::clone(&input.data.values), errors)
        } else {
            let indices = plane.all_indices();
            let values = input.data.values.select(&indices);
            (Arc::new(values), errors.select(&indices))
        };
        Ok(inputs.frame(FrameBody::Image(Image {
            x: side_by_side(coords, &dims.columns),
            y: side_by_side(coords, &dims.rows),
            quantity: quantity(&input.data),
            extent: Extent::of_values(&values),
            values,
            errors,
        })))
    }
}

fn side_by_side(coords: &[Coord], dims: &[usize]) -> Coord {
    match dims {
        [only] => coords[*only].clone(),
        dims => {
            let parts: Vec<Coord> = dims.iter().map(|dim| coords[*dim].clone()).collect();
            Coord::flat(&parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::data::Values;

    use super::*;
    use crate::plot::plotters::samples::{compute, input, inputs};

    fn image(params: &str, shape: &[usize]) -> Image {
        let names = ["a", "b", "c", "d", "e", "f"];
        let coords = shape
            .iter()
            .zip(names)
            .map(|(len, name)| Coord::index(name, *len));
        let n: usize = shape.iter().product();
        let values = Values::U32((0..n as u32).collect());
        let source = input("s", coords.collect(), values);
        let frame = compute(NAME, params, &inputs(vec![source])).expect("an image");
        match frame.body {
            FrameBody::Image(image) => image,
            _ => panic!("not an image"),
        }
    }

    #[test]
    fn three_dimensions_become_two() {
        let it = image("{}", &[2, 2, 3]);
        assert_eq!((it.y.len(), it.x.len()), (4, 3));
        assert_eq!(*it.values, Values::U32((0..12).collect()));
        assert_eq!(&*it.y.label, "a / b");
        let it = image(r#"{"x_dims":"a"}"#, &[2, 2, 3]);
        assert_eq!((it.y.len(), it.x.len()), (6, 2));
        assert_eq!(
            *it.values,
            Values::U32(vec![0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11])
        );
        let it = image(
            r#"{"x_dims":"a","reverse_y":true,"transpose":true}"#,
            &[2, 2, 3],
        );
        assert_eq!(
            *it.values,
            Values::U32(vec![0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11])
        );
    }

    #[test]
    fn six_dimensions_keep_every_value_once() {
        let it = image(r#"{"x_dims":"1,3,5"}"#, &[2, 3, 2, 1, 2, 2]);
        assert_eq!((it.y.len(), it.x.len()), (8, 6));
        let mut values = it.values.to_f64();
        values.sort_unstable_by(f64::total_cmp);
        assert_eq!(values, (0..48).map(f64::from).collect::<Vec<_>>());
        let parts: Vec<_> =
            it.x.parts(5)
                .iter()
                .map(|(part, i)| (part.dim.to_string(), *i))
                .collect();
        let expected = [("b", 2), ("d", 0), ("f", 1)].map(|(dim, i)| (dim.to_owned(), i));
        assert_eq!(parts, expected);
    }
}
