//! Turns messages into labelled arrays: workflows, their accumulators and the engine that feeds them.
//!
//! No I/O. Results depend on the data's own times alone; the wall clock only ends waiting.

mod engine;
pub mod histogram;
mod outputs;
mod panel;
mod plan;
pub mod raster;
mod region_spectra;
mod registry;
mod workflow;
mod workflows;

pub use engine::{
    Engine, EngineConfig, EngineHandle, EngineReport, JobResult, ResultSink, SlotResults,
};
pub use plan::Plan;
pub use registry::{CreateError, declarations, plan, workflow_id};
pub use workflow::{Data, LeftOut, ReduceError, Reducer, Sample, Span};
