//! From results to pictures: every layer is computed once, when it is dirty and somebody looks at it.
//!
//! [`PlottingController`] knows what each layer is computed from, [`FrameClock`] decides when, a [`plotters`] file
//! says how, and [`PlotDataService`] stores the result in the shared state.

mod agenda;
mod assembly;
mod controller;
mod data_service;
pub mod export;
pub mod files;
mod frame_clock;
mod orchestrator;
pub mod plotters;
mod rules;
#[cfg(test)]
mod samples;
mod templates;
mod title;

pub use assembly::InputsError;
pub use controller::PlottingController;
pub use data_service::PlotDataService;
pub use frame_clock::{FrameClock, TickRate};
pub use orchestrator::{EditError, Outcome, PlotOrchestrator, Repeatable, layer_config};
pub use rules::{LayerProblem, check_config};
pub use templates::{TemplateError, Templates};
