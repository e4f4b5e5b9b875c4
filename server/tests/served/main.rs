//! The server as scripts and pages meet it: real services behind the router, fed with encoded messages.

mod frames;
mod interface;
mod live_data;
mod support;
mod telemetry;
mod wakes;
