//! The server as scripts and pages meet it: real services behind the router, fed with encoded messages.

mod edits;
mod frames;
mod grid_files;
mod interface;
mod live_data;
mod previews;
mod regions;
mod restarts;
mod support;
mod telemetry;
mod templates;
mod wakes;
