//! Turns messages into labelled arrays: workflows, their accumulators and the engine that feeds them.
//!
//! No I/O, and no clock but the data's own.

pub mod histogram;
mod outputs;
mod panel;
pub mod raster;
mod registry;
mod workflow;
mod workflows;

pub use registry::{CreateError, create, declarations, workflow_id};
pub use workflow::{Data, ReduceError, Reducer, Sample, Span};
