//! The mathematics of plots and the shapes that their data come in: pure, `f64` in, `f64` out.

pub mod delta;
pub mod frame;
