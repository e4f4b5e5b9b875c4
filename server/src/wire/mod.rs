//! The facility's wire formats: bytes to typed views and back, by verified access only.
//!
//! A decoder borrows the message, checks it once and then reads without copying. Whatever the bytes
//! are, it answers with a view or a [`WireError`]; it never panics. It knows nothing of topics,
//! brokers or instruments.

pub mod ad00;
pub mod da00;
mod elements;
mod error;
pub mod ev44;
pub mod f144;
#[rustfmt::skip]
#[expect(
    unsafe_code,
    dead_code,
    elided_lifetimes_in_paths,
    unreachable_pub,
    unused_lifetimes,
    clippy::all,
    clippy::derive_partial_eq_without_eq,
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::unwrap_used,
    clippy::use_self,
    reason = "flatc writes these files; the lints are for what people write"
)]
mod generated;
mod limits;
mod message;
mod root;
mod scalar;
mod schema;
mod shape;
mod time;

pub use elements::{Dtype, Element, ElementsLe, I32s, Le};
pub use error::WireError;
pub use flatbuffers::FlatBufferBuilder;
pub use limits::Limits;
pub use message::Message;
pub use scalar::Scalar;
pub use schema::Schema;
pub use shape::{MAX_DIMS, Shape};
pub use time::{TIME_END_NS, checked_time_ns};
