//! What the server and the browser both say and can both calculate.
//!
//! Words ([`id`], [`topology`], [`job`]), data ([`data`]), pictures ([`plot`]) and the protocol between
//! server and browser ([`sync`]) as plain data and state machines: no socket, no clock, no page.

pub mod data;
pub mod id;
pub mod job;
pub mod layer_state;
pub mod notification;
pub mod object;
pub mod params;
pub mod plot;
pub mod presence;
pub mod region;
pub mod status;
pub mod sync;
pub mod time;
pub mod topology;
pub mod version;
