//! The common raster of data time on which jobs publish, so that all layers of a tick cover the same pulses.
//!
//! A slot is a number of pulses long. It closes when every gating stream has delivered its last message
//! of the slot, or when data two slots on have come (grace). Time is data: nothing here reads a clock.
//! One wrong timestamp neither stops the raster nor makes it run ahead: only two different times beyond a
//! slot move it on, and a message held for a slot that is far away is let go once sane data have
//! come after it. Logs ride along: they belong to the open slot whatever their time.

mod stream_clock;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use shared::time::{TimeInterval, TimeNs};

use stream_clock::StreamClock;

/// How long slots are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RasterConfig {
    /// Time between two pulses of the source, in ns.
    pub pulse_ns: f64,
    /// Pulses per slot, at least 1.
    pub pulses_per_slot: u32,
    /// Wall time after which waiting data are published although their slot is not complete.
    pub backstop: Duration,
}

impl RasterConfig {
    /// Three pulses per slot of a source with `pulse_rate_hz`, and a backstop of 2 s.
    pub fn new(pulse_rate_hz: f64) -> Self {
        Self {
            pulse_ns: 1e9 / pulse_rate_hz,
            pulses_per_slot: 3,
            backstop: Duration::from_secs(2),
        }
    }

    /// Nominal length of a slot in ns.
    pub fn slot_ns(&self) -> i64 {
        let length = self.pulse_ns * f64::from(self.pulses_per_slot.max(1));
        (length.round() as i64).max(1)
    }
}

/// What to do with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It belongs to the open slot.
    Now,
    /// It belongs to a later slot: offer it again after the next [`Raster::close`].
    Hold,
}

/// Slots that absent streams are waited for, and beyond which times are not believed at once.
const ABSENT_SLOTS: u32 = 5;
const FAR_SLOTS: i64 = 16;
/// Different times in a row, all far in the past, that make the raster follow them.
const REWIND_TIMES: usize = 3;

/// Decides which slot a message belongs to and when a slot is complete.
#[derive(Clone, Debug)]
pub struct Raster {
    config: RasterConfig,
    /// The open slot; none before the first gating message.
    slot: Option<TimeInterval>,
    /// Gating messages are in the open slot.
    has_data: bool,
    /// When logs were the first to come to the open slot, or gating data, by the caller's clock.
    waiting_since: Option<Duration>,
    streams: BTreeMap<usize, StreamClock>,
    held: BTreeSet<TimeNs>,
    /// Sane data came after a message was held.
    sane_after_hold: bool,
    /// From here on, times are wrong: what was held for them is let go.
    wrong_from: Option<TimeNs>,
    past: BTreeSet<TimeNs>,
}

impl Raster {
    /// No data yet.
    pub fn new(config: RasterConfig) -> Self {
        Self {
            config,
            slot: None,
            has_data: false,
            waiting_since: None,
            streams: BTreeMap::new(),
            held: BTreeSet::new(),
            sane_after_hold: false,
            wrong_from: None,
            past: BTreeSet::new(),
        }
    }

    /// Takes note of a log or another message that neither waits for a slot nor is waited for.
    pub fn ride_along(&mut self, now: Duration) {
        self.waiting_since.get_or_insert(now);
    }

    /// Places a message of a gating stream with data time `time`; `now` is any monotonic time.
    pub fn place(&mut self, stream: usize, time: TimeNs, now: Duration) -> Placement {
        self.waiting_since.get_or_insert(now);
        let slot = *self
            .slot
            .get_or_insert_with(|| first_slot(&self.config, time));
        if self.wrong_from.is_some_and(|wrong| time >= wrong) {
            return Placement::Now;
        }
        if time >= slot.end {
            self.held.insert(time);
            let soon = slot.end.plus(4 * self.config.slot_ns());
            if let Some(clock) = self.streams.get_mut(&stream).filter(|_| time < soon) {
                clock.passed = true;
            }
            return Placement::Hold;
        }
        let far_past = slot.start.plus(-FAR_SLOTS * self.config.slot_ns());
        if time < far_past {
            self.past.insert(time);
            if self.past.len() >= REWIND_TIMES {
                self.held.insert(time);
                return Placement::Hold;
            }
        } else {
            self.past.clear();
            self.sane_after_hold |= time >= slot.start && !self.held.is_empty();
            self.streams.entry(stream).or_default().saw(time);
        }
        self.has_data = true;
        Placement::Now
    }

    /// Whether the open slot should be closed now.
    pub fn is_complete(&self) -> bool {
        let Some(slot) = self.slot else { return false };
        if self.past.len() >= REWIND_TIMES {
            return true;
        }
        let Some(second_newest) = self.held.iter().nth_back(1) else {
            return self.has_data && self.all_done(slot);
        };
        let grace_end = slot.end.plus(self.config.slot_ns());
        !self.has_data || *second_newest >= grace_end || self.all_done(slot)
    }

    /// Whether data have waited for so long by the caller's clock that they must be published: the
    /// backstop, or one slot's length when no stream sets the pace.
    pub fn is_overdue(&self, now: Duration) -> bool {
        let paced = self.streams.values().any(|clock| self.gates(clock));
        let limit = if paced {
            self.config.backstop
        } else {
            Duration::from_nanos(self.config.slot_ns() as u64).min(self.config.backstop)
        };
        let waited = |since| now.saturating_sub(since);
        self.waiting_since
            .is_some_and(|since| waited(since) >= limit)
    }

    /// Closes the open slot and opens the one of the data that wait. Returns what the closed slot covers;
    /// none before any gating message, when only logs can have come.
    pub fn close(&mut self) -> Option<TimeInterval> {
        self.waiting_since = None;
        let closed = self.slot.take()?;
        if self.has_data {
            for clock in self.streams.values_mut() {
                clock.close_slot();
            }
            self.streams
                .retain(|_, clock| clock.absent_slots < ABSENT_SLOTS);
        }
        let next = self.next_slot(closed);
        self.slot = Some(next);
        let far = next.end.plus(FAR_SLOTS * self.config.slot_ns());
        self.wrong_from = self.sane_after_hold.then_some(far);
        self.has_data = false;
        self.sane_after_hold = false;
        self.held.clear();
        Some(closed)
    }

    /// What follows `closed`: its neighbour, or the slot of the oldest data that wait.
    fn next_slot(&mut self, closed: TimeInterval) -> TimeInterval {
        if self.past.len() >= REWIND_TIMES {
            // The source's clock was set back: everything known about its pace may be wrong.
            self.streams.clear();
            let oldest = self.past.first().copied().unwrap_or(closed.start);
            self.past.clear();
            return first_slot(&self.config, oldest);
        }
        let slot_ns = self.config.slot_ns();
        let neighbour = TimeInterval {
            start: closed.end,
            end: closed.end.plus(slot_ns + self.phase_shift_ns(closed)),
        };
        // A single time says too little to jump to, unless nothing else is there.
        let trusted = self.held.len() > 1 || !self.has_data;
        let oldest = self.held.first().filter(|_| trusted);
        let Some(oldest) = oldest.filter(|time| **time >= neighbour.end) else {
            return neighbour;
        };
        let slots = oldest.since(closed.end) / slot_ns;
        let start = closed.end.plus(slots * slot_ns);
        TimeInterval {
            start,
            end: start.plus(slot_ns),
        }
    }

    fn all_done(&self, slot: TimeInterval) -> bool {
        let mut gating = self
            .streams
            .values()
            .filter(|clock| self.gates(clock))
            .peekable();
        gating.peek().is_some() && gating.all(|clock| clock.is_done(slot.end))
    }

    /// Streams much slower than a slot are not waited for.
    fn gates(&self, clock: &StreamClock) -> bool {
        let limit = self.config.slot_ns() * 3 / 2;
        clock.period_ns().is_none_or(|period| period <= limit)
    }

    /// How much the next slot's end must move to keep pulses away from the edges, in ns: the source's
    /// clock and the nominal rate differ a little.
    fn phase_shift_ns(&self, closed: TimeInterval) -> i64 {
        let pulse = self.config.pulse_ns;
        let on_pulses = |clock: &&StreamClock| {
            let period = clock.period_ns().map_or(0.0, |period| period as f64);
            (period / pulse - 1.0).abs() < 0.1
        };
        let Some(lead) = self.streams.values().find(on_pulses) else {
            return 0;
        };
        let phase = (lead.newest().since(closed.start) as f64).rem_euclid(pulse) - pulse / 2.0;
        (phase / 8.0).clamp(-pulse / 16.0, pulse / 16.0) as i64
    }
}

/// The slot whose first pulse is at `time`, half a pulse after its start.
fn first_slot(config: &RasterConfig, time: TimeNs) -> TimeInterval {
    let start = time.plus(-(config.pulse_ns / 2.0) as i64);
    TimeInterval {
        start,
        end: start.plus(config.slot_ns()),
    }
}

#[cfg(test)]
mod tests;
