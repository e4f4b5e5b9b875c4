//! The plotters: one file each, all of one trait, found by name in one registry.

mod bars;
mod correlation;
mod correlation_1d;
mod correlation_2d;
mod error;
mod flatten;
mod geometry;
mod image;
mod inputs;
mod kind;
mod lines;
mod overlay;
mod profile;
mod rate;
mod rows;
#[cfg(test)]
mod samples;
mod scalars;
mod slicer;
mod statistics;
mod sum;
mod table;
mod timeseries;
mod waterfall;

use std::sync::Arc;

use shared::id::RegionId;
use shared::job::OutputInfo;
use shared::params::ParamError;
use shared::plot::PlotterInfo;
use shared::plot::frame::Frame;
use shared::topology::{DataRole, JsonText, LayerConfig};

pub use error::{PlotError, PlotterError};
pub use inputs::{Input, Inputs};
use kind::Kind;

use crate::results::Extractor;

/// The shared stage of one layer: inputs in, picture out; no session, no clock, no I/O.
pub trait Plotter: Send + Sync + std::fmt::Debug {
    /// What to take from the buffers for each input.
    fn extractor(&self) -> Extractor;

    /// What its parameters ask of an output that it does not have, told from its declaration.
    fn refusal(&self, _output: &OutputInfo) -> Option<ParamError> {
        None
    }

    /// The region whose data it shows, of an output with some for each.
    fn region(&self) -> Option<RegionId> {
        None
    }

    /// Computes the picture; the same inputs give the same picture.
    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError>;
}

/// All plotters, the most fitting first where several draw an output. Adding one is a file and an entry here.
const KINDS: [&Kind; 16] = [
    &image::KIND,
    &lines::KIND,
    &timeseries::KIND,
    &slicer::KIND,
    &flatten::KIND,
    &bars::KIND,
    &table::KIND,
    &overlay::KIND,
    &statistics::KIND,
    &correlation_1d::KIND,
    &correlation_2d::KIND,
    &waterfall::KIND,
    &profile::KIND,
    &geometry::RECTANGLES,
    &geometry::VERTICAL_LINES,
    &geometry::HORIZONTAL_LINES,
];

/// What people are told of all plotters.
pub fn infos() -> Vec<PlotterInfo> {
    KINDS.iter().map(|kind| kind.info()).collect()
}

/// What people are told of the plotter called `name`.
pub fn info(name: &str) -> Result<PlotterInfo, PlotterError> {
    kind(name).map(Kind::info)
}

/// Whether the layers of a plotter share a cell with no other.
pub fn stays_alone(name: &str) -> bool {
    kind(name).is_ok_and(|kind| kind.is_alone)
}

/// The region that a layer is about, if it is about one.
pub fn region_of(config: &LayerConfig) -> Option<RegionId> {
    make(&config.plotter, &config.params).ok()?.region()
}

fn kind(name: &str) -> Result<&'static Kind, PlotterError> {
    let kind = KINDS.into_iter().find(|kind| kind.name == name);
    kind.ok_or_else(|| PlotterError::Unknown {
        name: name.to_owned(),
        known: KINDS.iter().map(|kind| kind.name).collect(),
    })
}

/// Makes the plotter called `name`.
pub fn make(name: &str, params: &JsonText) -> Result<Arc<dyn Plotter>, PlotterError> {
    let kind = kind(name)?;
    (kind.make)(params).map_err(|reason| PlotterError::Params {
        name: kind.name,
        reason,
    })
}

/// The plotters that take an output in a role, told from its declaration before data exist.
pub fn compatible(role: DataRole, output: &OutputInfo) -> impl Iterator<Item = &'static str> {
    let kinds = KINDS.into_iter();
    kinds
        .filter(move |kind| kind.takes(role, output))
        .map(|kind| kind.name)
}
