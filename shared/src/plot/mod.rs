//! The mathematics of plots and the shapes that their data come in: pure, `f64` in, `f64` out.
//!
//! Ranges, scales, ticks, viewports, decimation, colours, hit tests and read-outs. Nothing here draws, measures
//! text, reads a clock or keeps a session; server and browser calculate with the same code.

mod area;
mod aspect;
mod autoscale;
mod catalogue;
mod civil;
mod colour_map;
mod colour_tables;
pub mod correlation;
mod cut;
mod decimate;
pub mod delta;
mod errors;
pub mod format;
pub mod frame;
pub mod grips;
mod hit;
mod inside;
mod layout;
mod normalization;
mod outline;
pub mod params;
mod peak;
mod percentiles;
mod pixel_grid;
mod preview;
mod projection;
mod range;
mod scale;
mod scale_kind;
mod search;
mod series_colours;
mod shape;
mod slice;
mod spacing;
mod statistics;
mod surface;
mod threshold;
mod ticks;
mod units;
mod view;
mod viewport;

pub use area::{Area, AreaError, Line, MAX_VERTICES};
pub use aspect::Aspect;
pub use autoscale::Target;
pub use catalogue::{Catalogue, OutputPlotters, PlotterInfo, RoleInfo};
pub use colour_map::ColourMap;
pub use cut::Cut;
pub use decimate::{m4, reduction};
pub use errors::Errors;
pub use hit::{Hit, element_at, nearest_point};
pub use inside::Inside;
pub use layout::{ColourBarNeeds, Layout, Needs, Rect, layout};
pub use normalization::Normalization;
pub use outline::{runs, step_outline};
pub use params::{CurveMode, CurveStyle, ErrorStyle};
pub use peak::{PeakPoint, peak_of};
pub use percentiles::{Percentiles, PercentilesError};
pub use pixel_grid::PixelGrid;
pub use preview::{PREVIEW_MEDIA_TYPE, Preview};
pub use projection::Projection;
pub use range::{Range, RangeError};
pub use scale::Scale;
pub use scale_kind::ScaleKind;
pub use search::partition_point;
pub use series_colours::{N_SERIES_COLOURS, Panel, SERIES_COLOUR_NAMES, series_colour};
pub use shape::{Dash, Ink, Shape, ShapeLine, ShapePlace};
pub use slice::{Plane, PlaneError};
pub use spacing::{edges_around, even_step, midpoints};
pub use statistics::{Peak, Statistics};
pub use surface::Surface;
pub use threshold::{Threshold, ThresholdError};
pub use ticks::{
    Room, Tick, Ticks, bent_ticks, category_ticks, linear_ticks, log_ticks, time_ticks,
};
pub use units::{AxisUnits, UnitClash};
pub use view::{AxisView, Targets, View};
pub use viewport::{between, pan, zoom_about};
