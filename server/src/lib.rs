//! Ingests the instrument's streams, reduces them, computes every plot layer once and serves it.
//!
//! [`services`] wires the parts, [`routes`] says what is answered over HTTP, [`commands`] is the command line.

pub mod clock;
pub mod commands;
pub mod config;
pub mod ingest;
pub mod instrument;
pub mod jobs;
pub mod plot;
pub mod reduce;
pub mod results;
pub mod routes;
mod runner;
pub mod services;
pub mod session;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod wire;
