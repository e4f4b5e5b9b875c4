//! Turns messages into labelled arrays: workflows, their accumulators and the engine that feeds them.
//!
//! No I/O, and no clock but the data's own.

pub mod histogram;
