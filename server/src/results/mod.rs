//! Results by key: the newest of everything, and as much history as somebody needs and memory allows.
//!
//! One lock guards the buffers, and nothing is computed under it: readers take cheap clones and extract
//! from them. No clock: age is a difference of data times.

mod aggregate;
mod buffer;
mod editions;
mod extractor;
mod history;
mod rows;
mod service;
mod unasked;

pub use extractor::{ExtractError, Extracted, Extractor, Retained};
pub use service::{Budget, DataService, NewResult, Want};
