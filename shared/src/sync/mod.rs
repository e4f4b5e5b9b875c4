//! The protocol between server and browser, version 1: both halves as state machines without sockets or clocks.
//!
//! A *wake* says that something changed; a *call* of `sync` fetches exactly what changed since the caller's
//! stamp, or a snapshot. [`state`] is the server's half, [`client`] and [`session`] are the browser's,
//! [`message`] is what they say and [`codec`] how it is written.

pub mod client;
pub mod codec;
pub mod json;
pub mod message;
pub mod mirror;
pub mod session;
pub mod state;
