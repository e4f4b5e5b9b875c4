//! From the instrument's sources to the reduction: one trait for sources, one bounded channel out.
//!
//! A source hands raw bytes to its [`Intake`], which finds the stream they belong to, counts them and
//! queues them. Nothing here interprets values, and no source ever waits for the reduction.

mod channel;
mod clock;
mod intake;
pub mod kafka;
mod message;
pub mod simulator;
mod source;
mod stats;
mod stop;
mod table;

pub use channel::{Closed, Level, Received, Receiver, Sender, channel};
pub use clock::{Clock, ManualClock, SystemClock};
pub use intake::{Intake, IntakeLimits};
pub use message::RawMessage;
pub use source::{
    RunningSource, Source, SourceError, SourceReport, SourceState, SourceStatus, spawn,
};
pub use stats::{Counters, StreamReport, StreamStats, TopicReport, TopicStats};
pub use stop::StopToken;
pub use table::{StreamEntry, StreamIndex, StreamTable, TopicEntry};
