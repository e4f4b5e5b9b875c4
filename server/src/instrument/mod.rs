//! What an instrument is: its streams, detectors, workflows and default dashboards, declared in TOML.
//!
//! Pure data and checks. How a workflow of some kind reduces data is said in Rust elsewhere; that it
//! exists for an instrument, for which sources and under which title, is said here, so that adding an
//! instrument needs no Rust.

mod check;
mod grid;
mod load;
mod model;
mod problem;
mod stream;
mod workflow;

pub use grid::{Cell, Grid, Layer, LayerAxis, LayerData};
pub use load::{InstrumentError, load, load_with, shipped};
pub use model::{Instrument, Template};
pub use problem::{Finding, Problem, Step};
pub use stream::{AreaDetector, Detector, Stream, StreamKind};
pub use workflow::{LogicalView, Params, Workflow, WorkflowKind};
