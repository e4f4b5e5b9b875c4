//! Bars: the newest single value of each source.

use std::sync::Arc;

use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Frame, FrameBody};
use shared::plot::params::BarsParams;
use shared::topology::{JsonText, MAX_SOURCES};

use super::inputs::in_common_units;
use super::kind::{Kind, RoleKind};
use super::scalars::{is_single, scalars};
use super::{Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: NAME,
    title: "Bars",
    description: "Single values side by side, one bar per source.",
    roles: &[RoleKind::primary(MAX_SOURCES, is_single)],
    is_alone: false,
    schema: BarsParams::schema,
    make,
};

const NAME: &str = "bars";

#[derive(Debug)]
struct BarsPlotter(BarsParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(BarsPlotter(BarsParams::read(params)?)))
}

impl Plotter for BarsPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let inputs = inputs.at(self.0.rate)?;
        let scalars = scalars(&in_common_units(inputs.primary())?, NAME)?;
        Ok(inputs.frame(FrameBody::Scalars(scalars)))
    }
}

#[cfg(test)]
mod tests {
    use shared::data::{Unit, Values};

    use super::*;
    use crate::plot::plotters::samples::{compute, input, inputs};

    #[test]
    fn each_source_is_a_bar_on_a_common_axis() {
        let counts = |name, n| input(name, Vec::new(), Values::U64(vec![n]));
        let both = inputs(vec![counts("a", 9), counts("b", 4)]);
        let frame = compute("bars", r#"{"rate":{"per_second":true}}"#, &both).expect("bars");
        let FrameBody::Scalars(scalars) = frame.body else {
            panic!("not bars")
        };
        let values: Vec<_> = scalars
            .entries
            .iter()
            .map(|it| (it.value, it.error))
            .collect();
        assert_eq!(values, [(4.5, Some(1.5)), (2.0, Some(1.0))]);
        let mut odd = counts("c", 1);
        odd.data.unit = Unit::new("K");
        let error = compute("bars", "{}", &inputs(vec![counts("a", 9), odd]));
        assert!(matches!(error, Err(PlotError::Units { .. })));
        let length = |name, unit: &str| {
            let mut length = input(name, Vec::new(), Values::F64(vec![2.0]));
            length.data.unit = Unit::new(unit);
            length
        };
        let lengths = inputs(vec![length("mm", "mm"), length("cm", "cm")]);
        let frame = compute("bars", "{}", &lengths).expect("both are lengths");
        let FrameBody::Scalars(scalars) = frame.body else {
            panic!("not bars")
        };
        let values: Vec<_> = scalars.entries.iter().map(|it| it.value).collect();
        assert_eq!(values, [2.0, 20.0]);
    }
}
