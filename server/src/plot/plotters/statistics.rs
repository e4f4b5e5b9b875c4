//! Statistics: what sums up each source in a few numbers.

use std::sync::Arc;

use shared::data::Unit;
use shared::job::{OutputInfo, Temporality};
use shared::params::{Described as _, ParamError, Params as _};
use shared::plot::frame::{Frame, FrameBody, Quantity, ScalarEntry, Scalars};
use shared::plot::params::{Statistic, StatisticsParams};
use shared::plot::{Peak, Statistics};
use shared::topology::{JsonText, MAX_SOURCES};

use super::kind::{Kind, RoleKind};
use super::rate::secs_of;
use super::rows::{NO_ROWS, rows_of};
use super::{Input, Inputs, PlotError, Plotter};
use crate::results::Extractor;

pub(super) const KIND: Kind = Kind {
    name: "statistics",
    title: "Statistics",
    description: "Sum, mean, maximum, place and width of the peak, and rate, or some of them, one row per source or region.",
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
        let entries = rows.iter().flat_map(|row| self.entries(row));
        let entries: Vec<ScalarEntry> = entries.collect();
        let nothing = match entries.is_empty() {
            true if rows.is_empty() => Some(NO_ROWS),
            true => Some(NOT_COUNTED),
            false => None,
        };
        let frame = inputs.frame(FrameBody::Scalars(Scalars { entries }));
        Ok(Frame {
            note: frame.note.or_else(|| nothing.map(Into::into)),
            ..frame
        })
    }
}

/// What is said where a rate alone was asked for, and there can be none.
const NOT_COUNTED: &str =
    "there is no rate of what is not counted: choose other numbers to be shown";

impl StatisticsPlotter {
    /// The numbers that were asked for of one row.
    fn entries(&self, row: &Input) -> Vec<ScalarEntry> {
        let found = Statistics::of(&row.data);
        let numbers = self.0.shown.numbers.iter();
        let columns = numbers.flat_map(|it| columns(*it, row, found.as_ref()));
        let entry = |column: Column| ScalarEntry {
            name: Arc::clone(&row.title),
            quantity: column.quantity,
            value: column.value,
            error: column.error,
        };
        columns.map(entry).collect()
    }
}

/// A number with what it is.
struct Column {
    quantity: Quantity,
    value: f64,
    error: Option<f64>,
}

impl Column {
    fn new(label: &str, unit: &Unit, (value, error): (f64, Option<f64>)) -> Self {
        let quantity = Quantity {
            label: label.into(),
            unit: unit.clone(),
        };
        Self {
            quantity,
            value,
            error,
        }
    }
}

/// What a statistic is of a row, NaN where nothing was found: one number, along axes one for each, and no rate of what
/// is not counted.
fn columns(statistic: Statistic, row: &Input, found: Option<&Statistics>) -> Vec<Column> {
    let data = &row.data;
    let nothing = (f64::NAN, None);
    let of = |label: &str, read: fn(&Statistics) -> (f64, Option<f64>)| {
        vec![Column::new(label, &data.unit, found.map_or(nothing, read))]
    };
    let along = |label: &str, read: fn(&Peak) -> f64| {
        // The last dimension is x.
        let coords = data.coords.iter().enumerate().rev();
        let each = coords.map(|(dim, coord)| {
            let peak = found.and_then(|it| it.peaks.get(dim));
            let value = (peak.map_or(f64::NAN, read), None);
            Column::new(&format!("{label}, {}", coord.label), &coord.unit, value)
        });
        each.collect()
    };
    match statistic {
        Statistic::Sum => of("Sum", |it| it.sum),
        Statistic::Mean => of("Mean", |it| it.mean),
        Statistic::Max => of("Maximum", |it| it.max),
        Statistic::Peak => along("Peak", |it| it.position),
        Statistic::Fwhm => along("FWHM", |it| it.fwhm),
        Statistic::Rate if data.unit != Unit::counts() => Vec::new(),
        Statistic::Rate => {
            let rate = found.zip(secs_of(row)).map_or(nothing, |(it, secs)| {
                let (sum, error) = it.sum;
                (sum / secs, error.map(|error| error / secs))
            });
            vec![Column::new("Rate", &Unit::new("counts/s"), rate)]
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::data::{Coord, CoordValues, Label, Values};

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
    fn those_numbers_are_told_that_were_chosen() {
        let counts = vec![0, 4, 8, 4, 0];
        let spectrum = || input("a", vec![Coord::index("x", 5)], Values::U32(counts.clone()));
        let told = |params: &str, input: Input| {
            let frame = compute("statistics", params, &inputs(vec![input])).expect("numbers");
            let FrameBody::Scalars(scalars) = frame.body else {
                panic!("not numbers")
            };
            let told = |it: &ScalarEntry| (it.quantity.label.to_string(), it.value, it.error);
            let told: Vec<_> = scalars.entries.iter().map(told).collect();
            (told, frame.note)
        };
        let of = |label: &str, value, error| (label.to_owned(), value, error);
        let some = r#"{"shown":{"numbers":["rate","fwhm","sum"]}}"#;
        let expected = vec![
            of("Sum", 16.0, Some(4.0)),
            of("FWHM, x", 2.0, None),
            of("Rate", 8.0, Some(2.0)),
        ];
        assert_eq!(told(some, spectrum()), (expected, None));

        let image = input(
            "a",
            vec![Coord::index("y", 2), Coord::index("x", 3)],
            Values::U32(vec![0, 0, 1, 0, 9, 1]),
        );
        let peak = r#"{"shown":{"numbers":["peak"]}}"#;
        let expected = vec![of("Peak, x", 1.0, None), of("Peak, y", 1.0, None)];
        assert_eq!(told(peak, image).0, expected);

        let mut temperature = spectrum();
        temperature.data.unit = Unit::new("K");
        let rate = r#"{"shown":{"numbers":["rate"]}}"#;
        let (entries, note) = told(rate, temperature);
        assert_eq!((entries, note.as_deref()), (vec![], Some(NOT_COUNTED)));
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
