//! How outputs are declared and built, so that what is declared is what comes.

use std::sync::Arc;

use shared::data::{Coord, CoordValues, DataArray, Unit, Values};
use shared::job::{OutputInfo, OutputView, Temporality};
use shared::params::ToaEdges;
use shared::time::TimeInterval;

use super::histogram::{Counts, CountsSince};
use super::workflow::Span;

/// A quantity in two flavours: since the start, and since the previous result.
pub(super) struct Pair {
    pub(super) view: &'static str,
    pub(super) title: &'static str,
    pub(super) cumulative: &'static str,
    pub(super) window: &'static str,
}

pub(super) const IMAGE: Pair = Pair {
    view: "image",
    title: "Image",
    cumulative: "cumulative",
    window: "current",
};

pub(super) const HISTOGRAM: Pair = Pair {
    view: "histogram",
    title: "Histogram",
    cumulative: "cumulative",
    window: "current",
};

pub(super) const COUNTS_TOTAL: Pair = Pair {
    view: "counts_total",
    title: "Total counts",
    cumulative: "counts_total_cumulative",
    window: "counts_total",
};

pub(super) const COUNTS_IN_RANGE: Pair = Pair {
    view: "counts_in_toa_range",
    title: "Counts in TOA range",
    cumulative: "counts_in_toa_range_cumulative",
    window: "counts_in_toa_range",
};

pub(super) const REGION_SPECTRA: Pair = Pair {
    view: "roi_spectra",
    title: "Region spectra",
    cumulative: "roi_spectra_cumulative",
    window: "roi_spectra_current",
};

impl Pair {
    /// The declaration of both flavours.
    pub(super) fn declare(&self, dims: &[String], unit: &Unit) -> OutputView {
        let output = |name: &str, title: String, temporality| OutputInfo {
            name: name.to_owned(),
            title,
            dims: dims.to_vec(),
            unit: unit.clone(),
            temporality,
        };
        let since_start = format!("{}, since start", self.title);
        let latest = format!("{}, latest", self.title);
        OutputView {
            name: self.view.to_owned(),
            title: self.title.to_owned(),
            outputs: vec![
                output(self.cumulative, since_start, Temporality::Cumulative),
                output(self.window, latest, Temporality::Window),
            ],
        }
    }

    /// Both flavours as arrays on `axes`.
    pub(super) fn arrays(
        &self,
        axes: &Axes,
        span: &Span,
        cumulative: Values,
        window: Values,
    ) -> [(&'static str, DataArray); 2] {
        [
            (
                self.cumulative,
                axes.array(self.title, cumulative, span.since_start),
            ),
            (self.window, axes.array(self.title, window, span.window)),
        ]
    }

    /// Both flavours as scalar counts.
    fn counts(&self, span: &Span, cumulative: u64, window: u64) -> [(&'static str, DataArray); 2] {
        let values = |count| Values::U64(vec![count]);
        self.arrays(
            &Axes::counts_scalar(),
            span,
            values(cumulative),
            values(window),
        )
    }
}

/// The scalar counts of an event histogram: in all and in range, both flavours.
pub(super) fn count_arrays(
    span: &Span,
    counts: &CountsSince,
    window: Counts,
) -> impl Iterator<Item = (&'static str, DataArray)> + use<> {
    let total = COUNTS_TOTAL.counts(span, counts.start.total, window.total);
    let in_range = COUNTS_IN_RANGE.counts(span, counts.start.in_range, window.in_range);
    total.into_iter().chain(in_range)
}

/// The coordinates and the unit that arrays of one output share.
pub(super) struct Axes {
    coords: Vec<Coord>,
    unit: Unit,
}

impl Axes {
    /// Axes that somebody else made.
    pub(super) fn new(coords: Vec<Coord>, unit: Unit) -> Self {
        Self { coords, unit }
    }

    /// Their coordinates alone.
    pub(super) fn into_coords(self) -> Vec<Coord> {
        self.coords
    }

    /// Element numbers along named axes.
    pub(super) fn pixels(dims: &[String], shape: &[usize], unit: Unit) -> Self {
        let coords = dims.iter().zip(shape);
        Self {
            coords: coords.map(|(dim, len)| Coord::index(dim, *len)).collect(),
            unit,
        }
    }

    /// Bins of time of arrival, in counts.
    pub(super) fn time_of_arrival(edges: &ToaEdges) -> Self {
        Self {
            coords: vec![Coord {
                dim: TOA_DIM.into(),
                label: "Time of arrival".into(),
                unit: edges.unit.unit(),
                values: CoordValues::Edges(edges.edges().into()),
            }],
            unit: Unit::counts(),
        }
    }

    /// A single number of counts.
    pub(super) fn counts_scalar() -> Self {
        Self {
            coords: Vec::new(),
            unit: Unit::counts(),
        }
    }

    /// An array of `values` on these axes.
    pub(super) fn array(&self, title: &str, values: Values, time: TimeInterval) -> DataArray {
        DataArray {
            label: title.into(),
            unit: self.unit.clone(),
            coords: self.coords.clone(),
            values: Arc::new(values),
            variances: None,
            time,
        }
    }
}

/// Name of the dimension of spectra.
pub(super) const TOA_DIM: &str = "time_of_arrival";
