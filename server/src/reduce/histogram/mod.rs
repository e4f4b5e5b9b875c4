//! Histograms that cost events, not pixels: integer counters, owned scratch, no allocation per event.
//!
//! Times are integers (ns since the pulse), edges are floats. A bin is half open, the last one too: an
//! event exactly on the last edge is not counted. Because times are integers, comparing with an edge is
//! comparing with the next integer at or above it, so every kernel here is exact with respect to the
//! edges it was given.

mod bins;
mod buckets;
mod chunk;
mod counts;
mod image;
mod pixel_tof;
mod pixels;
mod range;
mod rebin;
mod table;
mod tof;

pub use bins::TofBins;
pub use counts::{Counts, CountsSince};
pub use image::PixelHistogram;
pub use pixel_tof::{MAX_TABLE_BYTES, PixelTofHistogram};
pub use pixels::CountPixels;
pub use range::TofRange;
pub use rebin::{RebinError, Rebinner, check_edges};
pub use tof::TofHistogram;
