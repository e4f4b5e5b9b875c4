//! Statistics: what sums up each source in a few numbers.

use std::sync::Arc;

use shared::data::{Coord, Unit};
use shared::job::{OutputInfo, Temporality};
use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::Statistics;
use shared::plot::frame::{Frame, FrameBody, Quantity, ScalarEntry, Scalars};
use shared::plot::params::StatisticsParams;
use shared::topology::{JsonText, MAX_SOURCES};

use super::kind::{Kind, RoleKind};
use super::rate::secs_of;
use super::rows::{NO_ROWS, rows_of};
use super::{Input, Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: "statistics",
    title: "Statistics",
    description: "Sum, mean, maximum, place and width of the peak, and rate, one row per source or region.",
    roles: &[RoleKind::primary(MAX_SOURCES, draws)],
    is_alone: true,
    schema: StatisticsParams::schema,
    make,
};

#[derive(Debug)]
struct StatisticsPlotter(StatisticsParams);

fn make(params: &JsonText) -> Result<Arc<dyn Plotter>, ParamError> {
    Ok(Arc::new(StatisticsPlotter(StatisticsParams::read(params)?)))
}

fn draws(output: &OutputInfo) -> bool {
    matches!(output.dims.len(), 1 | 2) && output.temporality != Temporality::Series
}

impl Plotter for StatisticsPlotter {
    fn extractor(&self) -> Extractor {
        Extractor::from(self.0.window)
    }

    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError> {
        let (rows, _colours) = rows_of(inputs.primary());
        let entries = rows.iter().flat_map(entries).collect();
        let frame = inputs.frame(FrameBody::Scalars(Scalars { entries }));
        Ok(Frame {
            note: frame
                .note
                .or_else(|| rows.is_empty().then(|| NO_ROWS.into())),
            ..frame
        })
    }
}

fn entries(input: &Input) -> Vec<ScalarEntry> {
    let data = &input.data;
    let entry = |label: String, unit: &Unit, (value, error): (f64, Option<f64>)| ScalarEntry {
        name: Arc::clone(&input.title),
        quantity: Quantity {
            label: label.into(),
            unit: unit.clone(),
        },
        value,
        error,
    };
    let nothing = (f64::NAN, None);
    let found = Statistics::of(data);
    let of = |read: fn(&Statistics) -> (f64, Option<f64>)| found.as_ref().map_or(nothing, read);
    let mut entries = vec![
        entry("Sum".to_owned(), &data.unit, of(|it| it.sum)),
        entry("Mean".to_owned(), &data.unit, of(|it| it.mean)),
        entry("Maximum".to_owned(), &data.unit, of(|it| it.max)),
    ];
    // The last dimension is x.
    for (dim, coord) in data.coords.iter().enumerate().rev() {
        let Coord { label, unit, .. } = coord;
        let peak = found.as_ref().and_then(|it| it.peaks.get(dim));
        let (position, fwhm) = peak.map_or((f64::NAN, f64::NAN), |it| (it.position, it.fwhm));
        entries.push(entry(format!("Peak, {label}"), unit, (position, None)));
        entries.push(entry(format!("FWHM, {label}"), unit, (fwhm, None)));
    }
    if data.unit == Unit::counts() {
        let rate = found.zip(secs_of(input)).map_or(nothing, |(it, secs)| {
            let (sum, error) = it.sum;
            (sum / secs, error.map(|error| error / secs))
        });
        entries.push(entry("Rate".to_owned(), &Unit::new("counts/s"), rate));
    }
    entries
}

#[cfg(test)]
mod tests {
    use shared::data::{CoordValues, Label, Values};

    use super::*;
    use crate::plot::plotters::samples::{compute, input, inputs};

    #[test]
    fn each_source_has_a_number_in_each_column() {
        let spectrum = |name, counts: Vec<u32>| {
            input(
                name,
                vec![Coord::index("x", counts.len())],
                Values::U32(counts),
            )
        };
        let both = inputs(vec![
            spectrum("a", vec![0, 4, 8, 4, 0]),
            spectrum("b", vec![]),
        ]);
        let frame = compute("statistics", "{}", &both).expect("numbers");
        let FrameBody::Scalars(scalars) = frame.body else {
            panic!("not numbers")
        };
        let (a, b) = scalars.entries.split_at(6);
        let told: Vec<_> = a
            .iter()
            .map(|it| (&*it.quantity.label, it.value, it.quantity.unit.symbol()))
            .collect();
        let expected = [
            ("Sum", 16.0, "counts"),
            ("Mean", 3.2, "counts"),
            ("Maximum", 8.0, "counts"),
            ("Peak, x", 2.0, ""),
            ("FWHM, x", 2.0, ""),
            ("Rate", 8.0, "counts/s"),
        ];
        assert_eq!(told, expected);
        assert_eq!(a[5].error, Some(2.0));
        assert!(b.iter().all(|it| it.value.is_nan() && &*it.name == "b"));
    }

    #[test]
    fn the_rate_of_a_window_is_over_the_time_that_its_results_cover() {
        let window = Input {
            covered_secs: Some([0.5].into()),
            ..input("a", vec![Coord::index("x", 2)], Values::U32(vec![7, 9]))
        };
        let frame = compute("statistics", "{}", &inputs(vec![window])).expect("numbers");
        let FrameBody::Scalars(scalars) = frame.body else {
            panic!("not numbers")
        };
        let rate = scalars.entries.last().expect("counts have a rate");
        assert_eq!((rate.value, rate.error), (32.0, Some(8.0)));
    }

    #[test]
    fn each_region_has_a_row_of_its_own_spectrum() {
        let spectra = |names: &[&str], counts: Vec<u32>| {
            let label = |name: &&str| Label {
                name: (*name).into(),
                colour: Some(4),
                edition: 0,
                since: None,
            };
            let regions = Coord {
                values: CoordValues::Labels(names.iter().map(label).collect()),
                ..Coord::index("roi", 0)
            };
            input(
                "a",
                vec![regions, Coord::index("x", 5)],
                Values::U32(counts),
            )
        };
        let both = spectra(&["Peak", "Rest"], vec![0, 4, 8, 4, 0, 1, 1, 1, 1, 5]);
        let frame = compute("statistics", "{}", &inputs(vec![both])).expect("numbers");
        let FrameBody::Scalars(scalars) = frame.body else {
            panic!("not numbers")
        };
        let told = |label: &str| -> Vec<_> {
            let entries = scalars.entries.iter();
            let wanted = entries.filter(|it| &*it.quantity.label == label);
            wanted.map(|it| (&*it.name, it.value)).collect()
        };
        assert_eq!(told("Sum"), [("Peak", 16.0), ("Rest", 9.0)]);
        assert_eq!(told("Peak, x"), [("Peak", 2.0), ("Rest", 4.0)]);
        assert_eq!(scalars.entries.len(), 12, "no column of regions");
        let none = inputs(vec![spectra(&[], Vec::new())]);
        let frame = compute("statistics", "{}", &none).expect("an empty table");
        assert_eq!(frame.note.as_deref(), Some(NO_ROWS));
    }
}
