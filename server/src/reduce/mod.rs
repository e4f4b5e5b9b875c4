//! Turns messages into labelled arrays: workflows, their accumulators and the engine that feeds them.
//!
//! No I/O. Results depend on the data's own times alone; the wall clock only ends waiting.

mod engine;
pub mod histogram;
mod outputs;
mod panel;
pub mod raster;
mod registry;
mod workflow;
mod workflows;

pub use engine::{
    Engine, EngineConfig, EngineHandle, EngineReport, JobResult, ResultSink, SlotResults,
};
pub use registry::{CreateError, create, declarations, validate, workflow_id};
pub use workflow::{Data, LeftOut, ReduceError, Reducer, Sample, Span};
