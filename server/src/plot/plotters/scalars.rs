//! Single values: what bars and tables are made of.

use std::sync::Arc;

use shared::job::{OutputInfo, Temporality};
use shared::plot::frame::{ScalarEntry, Scalars};

use super::inputs::{coords, quantity};
use super::{Input, PlotError};

/// Single values, and series, whose newest value is one.
pub(super) fn is_single(output: &OutputInfo) -> bool {
    output.dims.is_empty() || (output.temporality == Temporality::Series && output.dims.len() == 1)
}

/// An entry for each source.
pub(super) fn scalars(inputs: &[Input], plotter: &'static str) -> Result<Scalars, PlotError> {
    let entries = inputs.iter().map(|input| entry(input, plotter));
    Ok(Scalars {
        entries: entries.collect::<Result<_, _>>()?,
    })
}

fn entry(input: &Input, plotter: &'static str) -> Result<ScalarEntry, PlotError> {
    let data = &input.data;
    let [] = coords::<0>(input, plotter, "single values")?;
    // Differences of counts may be below zero, where nothing is known.
    let variance = data.known_variances().map(|it| it.get(0));
    let variance = variance.filter(|it| *it >= 0.0);
    Ok(ScalarEntry {
        name: Arc::clone(&input.title),
        quantity: quantity(data),
        value: data.scalar().ok_or(PlotError::NoData)?,
        error: variance.map(f64::sqrt),
    })
}
