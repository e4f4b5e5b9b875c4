//! What goes into the raster and what it tells the engine to do.

use std::num::NonZeroU32;

use shared::time::{TimeInterval, TimeNs};

/// How the raster is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RasterConfig {
    /// Pulses of the source per 1000 s.
    pub pulse_rate_mhz: NonZeroU32,
    /// Pulses in a slot.
    pub pulses_per_slot: NonZeroU32,
    /// Messages that may wait for a later slot; one more closes the open slot early.
    pub max_held: usize,
}

impl RasterConfig {
    /// Slots of `pulses_per_slot` pulses at `pulse_rate_hz`, rounded to 1 mHz; both are at least one step.
    pub fn new(pulse_rate_hz: f64, pulses_per_slot: u32) -> Self {
        let at_least_one = |number: u32| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self {
            pulse_rate_mhz: at_least_one((pulse_rate_hz * 1e3).round() as u32),
            pulses_per_slot: at_least_one(pulses_per_slot),
            max_held: MAX_HELD,
        }
    }
}

impl Default for RasterConfig {
    /// Three pulses at 14 Hz, about 214 ms.
    fn default() -> Self {
        Self::new(14.0, 3)
    }
}

/// Slots are closed long before so many messages of one wait for the other.
const MAX_HELD: usize = 4096;

/// A message that arrived, as far as the raster cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Any number that tells the stream from others.
    pub stream: usize,
    /// Whether slots wait for this stream: true for events and frames, false for logs.
    pub gates: bool,
    /// The message's data time.
    pub time: TimeNs,
}

/// Names a message that the engine keeps for later. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// Whether a message is reduced in the slot of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is, or it is a log: those say themselves when their values were.
    InSlot,
    /// It came after its slot had closed, or its time is far off the others'.
    Misplaced,
}

/// What the engine has to do, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Reduce the message that was just handed in.
    Reduce(Fit),
    /// Keep the message that was just handed in.
    Hold(Ticket),
    /// Reduce this kept message.
    Release(Ticket, Fit),
    /// Publish the results of all jobs for this interval; at least one message was reduced since the last.
    Close(TimeInterval),
    /// The instrument's clock was set back: the next intervals lie before those that were closed.
    Rewind,
}
