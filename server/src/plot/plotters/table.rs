//! Table: the newest single value of each source, to be read and copied.

use std::sync::Arc;

use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Frame, FrameBody};
use shared::plot::params::TableParams;
use shared::topology::{JsonText, MAX_SOURCES};

use super::kind::{Kind, RoleKind};
use super::scalars::{is_single, scalars};
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Table",
    description: "Single values as text, one row per source, whatever their units.",
    roles: &[RoleKind::primary(MAX_SOURCES, is_single)],
    is_alone: true,
    schema: TableParams::schema,
    make,
};

const NAME: &str = "table";

#[derive(Debug)]
struct TablePlotter(TableParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(TablePlotter(TableParams::read(params)?)))
}

impl Plotter for TablePlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let inputs = inputs.at(self.0.rate)?;
        let scalars = scalars(inputs.primary(), NAME)?;
        Ok(inputs.frame(FrameBody::Scalars(scalars)))
    }
}

#[cfg(test)]
mod tests {
    use shared::data::{Coord, Unit, Values};

    use super::*;
    use crate::plot::plotters::samples::{compute, input, inputs};

    #[test]
    fn every_source_has_a_row_whatever_its_unit() {
        let mut kelvin = input("Sample", Vec::new(), Values::F64(vec![293.5]));
        kelvin.data.unit = Unit::new("K");
        let counts = input("Panel", Vec::new(), Values::U64(vec![400]));
        let rebinned = input("Monitor", Vec::new(), Values::F64(vec![2.25]));
        let sources = inputs(vec![kelvin, counts, rebinned]);
        let frame = compute("table", "{}", &sources).expect("a table");
        let FrameBody::Scalars(scalars) = frame.body else {
            panic!("not a table")
        };
        let rows: Vec<_> = scalars
            .entries
            .iter()
            .map(|it| (&*it.name, it.value, it.error, it.quantity.unit.symbol()))
            .collect();
        let expected = [
            ("Sample", 293.5, None, "K"),
            ("Panel", 400.0, Some(20.0), "counts"),
            // Rebinned counts come with fractions, and their errors are counts' all the same.
            ("Monitor", 2.25, Some(1.5), "counts"),
        ];
        assert_eq!(rows, expected);
        let line = input("a", vec![Coord::index("x", 1)], Values::U8(vec![1]));
        let error = compute("table", "{}", &inputs(vec![line])).expect_err("a line is no value");
        assert!(error.to_string().contains("single values"), "{error}");
    }
}
