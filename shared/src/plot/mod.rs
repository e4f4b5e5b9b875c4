//! The mathematics of plots and the shapes that their data come in: pure, `f64` in, `f64` out.
//!
//! Ranges, scales, ticks, viewports, decimation, colours, hit tests and read-outs. Nothing here draws, measures
//! text, reads a clock or keeps a session; server and browser calculate with the same code.

mod civil;
pub mod delta;
pub mod format;
pub mod frame;
mod projection;
mod range;
mod scale;
mod ticks;

pub use projection::Projection;
pub use range::{Range, RangeError};
pub use scale::Scale;
pub use ticks::{Room, Tick, Ticks, linear_ticks, log_ticks, time_ticks};
