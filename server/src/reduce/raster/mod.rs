//! The raster of data time on which all jobs publish: which slot a message belongs to and when a slot is over.
//!
//! Pure: no clock, no I/O, no messages; the engine keeps those and is told what to do with them. It does not
//! judge what is in a message, and it drops nothing.
//!
//! **Which slot.** Slots are whole numbers of pulses, anchored at the epoch (`grid`). Messages of the open slot
//! are reduced as they come, those of a later one are held, those that come after their slot closed go to the open one.
//!
//! **When it is over.** When every gating stream of at least one message per slot has delivered its last: it is
//! beyond the slot, or its newest time has its usual number of messages and its period leads beyond the
//! slot. Or when a gating stream is a whole slot beyond (grace). Where no such stream is left, slower ones
//! decide, then logs. A stream that says nothing in five slots, or for 2 s (two slots, where these are longer), is no longer waited for.
//!
//! **Which times to believe.** A message far off the open slot is held and counts as a vote. The raster follows when
//! more streams agree on a new place than have spoken at the old one since (`jump`); otherwise
//! the message goes to the next slot when that opens.

mod action;
mod cadence;
mod close;
mod grid;
mod held;
mod jump;
mod stream;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use shared::time::TimeNs;

pub use action::{Action, Arrival, Fit, RasterConfig, Ticket};

use grid::SlotGrid;
use held::{Held, HeldQueue};
use stream::{InTime, StreamState};

/// Slots beyond the open one that a single message is believed. More would let one bad time run the raster away.
const AHEAD_SLOTS: i64 = 4;
/// Slots before the open one from which a message is merely late. It is also how near to each other votes must be.
const LATE_SLOTS: i64 = 8;
/// Wall time after which buffered data are published although nothing says that their slot is over, in ns; two
/// slots if that is longer.
const BACKSTOP_NS: u64 = 2_000_000_000;

/// The state of the raster.
///
/// `handle` takes messages in order of arrival, `poll` the caller's idle time, `relieve` and `flush` ask for
/// slots to be closed early. Each adds what the engine has to do to a list that the caller keeps and clears.
#[derive(Clone, Debug)]
pub struct Raster {
    grid: SlotGrid,
    max_held: usize,
    streams: BTreeMap<usize, StreamState>,
    held: HeldQueue,
    /// The open slot; none before the first message.
    open: Option<i64>,
    /// Messages reduced in the open slot, and how many of them have a time in it.
    in_open: u64,
    own_in_open: u64,
    /// Messages so far; the number of the newest is its ticket.
    number: u64,
    /// The message that `handle` is placing.
    arriving: Option<Ticket>,
    /// Messages that agreed with the timeline; a single one has nothing to agree with.
    agreed: u64,
    has_closed: bool,
    last_end: TimeNs,
}

impl Raster {
    /// A raster that has seen nothing.
    pub fn new(config: RasterConfig) -> Self {
        Self {
            grid: SlotGrid::new(config.pulse_rate_mhz, config.pulses_per_slot),
            max_held: config.max_held.max(1),
            streams: BTreeMap::new(),
            held: HeldQueue::default(),
            open: None,
            in_open: 0,
            own_in_open: 0,
            number: 0,
            arriving: None,
            agreed: 0,
            has_closed: false,
            last_end: TimeNs(i64::MIN),
        }
    }

    /// The nominal length of a slot in ns.
    pub fn slot_ns(&self) -> i64 {
        self.grid.slot_ns()
    }

    /// Whether messages were reduced or are held that no closed slot covers yet.
    pub fn is_buffering(&self) -> bool {
        self.in_open > 0 || !self.held.is_empty()
    }

    /// Takes the next message. Exactly one [`Action::Reduce`] or [`Action::Hold`] speaks of it.
    pub fn handle(&mut self, arrival: Arrival, actions: &mut Vec<Action>) {
        let first_action = actions.len();
        while self.held.len() >= self.max_held {
            self.relieve(actions);
        }
        self.number += 1;
        let ticket = Ticket(self.number);
        self.arriving = Some(ticket);
        let stream = self.streams.entry(arrival.stream);
        let stream = stream.or_insert_with(|| StreamState::new(arrival.gates));
        stream.gates = arrival.gates;
        // The last slot ends where numbers end, which must not be taken for a time after it.
        let time = arrival.time.min(TimeNs(i64::MAX - 1));
        self.place(Arrival { time, ..arrival }, actions);
        self.settle(actions);
        self.arriving = None;
        let is_reduced = |action: &Action| matches!(action, Action::Reduce(_));
        if !actions[first_action..].iter().any(is_reduced) {
            actions.push(Action::Hold(ticket));
        }
    }

    /// The caller's backstop: publishes what is buffered once nothing has closed for more than 2 s of wall time,
    /// or for more than two slots where these are longer.
    ///
    /// Call it with the time since the last [`Action::Close`], or since the first message buffered after it.
    pub fn poll(&mut self, idle_ns: u64, actions: &mut Vec<Action>) {
        let slots_ns = self.slot_ns().unsigned_abs().saturating_mul(2);
        if idle_ns > BACKSTOP_NS.max(slots_ns) {
            let streams = self.streams.values_mut();
            streams.for_each(StreamState::retire_if_silent);
            self.flush(actions);
        }
    }

    fn place(&mut self, arrival: Arrival, actions: &mut Vec<Action>) {
        let slot = self.grid.slot_at(arrival.time);
        let open = *self.open.get_or_insert(slot);
        let ahead = slot - open;
        if !arrival.gates && self.is_paced() {
            self.place_rider(arrival, slot, ahead, actions);
        } else if (-LATE_SLOTS..=AHEAD_SLOTS).contains(&ahead) {
            self.agreed += 1;
            self.place_near(arrival, slot, open, actions);
        } else {
            self.place_far(arrival, slot, open, actions);
        }
    }

    /// A log has no say in the timeline. It waits for its slot if that is near, and behind those of its stream
    /// that wait: values must stay in their order.
    fn place_rider(&mut self, arrival: Arrival, slot: i64, ahead: i64, actions: &mut Vec<Action>) {
        let open = slot - ahead;
        if (-LATE_SLOTS..=LATE_SLOTS).contains(&ahead) {
            self.place_near(arrival, slot, open, actions);
        } else if ahead > 0 && self.held.holds(arrival.stream) {
            self.hold(arrival.stream, open + LATE_SLOTS, false);
        } else {
            self.reduce_now(Fit::InSlot, actions);
        }
    }

    fn place_near(&mut self, arrival: Arrival, slot: i64, open: i64, actions: &mut Vec<Action>) {
        // Logs may have opened a slot ahead of the first data: those are no less worth waiting for.
        let in_time = if slot >= open || !self.is_paced() {
            InTime::Yes
        } else {
            InTime::No
        };
        if let Some(stream) = self.streams.get_mut(&arrival.stream) {
            stream.accept(arrival.time.0, self.number, in_time);
        }
        if slot > open {
            self.hold(arrival.stream, slot, false);
            return;
        }
        self.own_in_open += u64::from(slot == open);
        let is_late = slot < open && arrival.gates;
        let fit = if is_late { Fit::Misplaced } else { Fit::InSlot };
        self.reduce_now(fit, actions);
    }

    fn reduce_now(&mut self, fit: Fit, actions: &mut Vec<Action>) {
        self.in_open += 1;
        actions.push(Action::Reduce(fit));
    }

    fn hold(&mut self, stream: usize, slot: i64, is_stray: bool) {
        let ticket = Ticket(self.number);
        self.held.push(Held {
            ticket,
            stream,
            slot,
            is_stray,
        });
    }

    /// Reduces in the open slot what is due there.
    fn release(&mut self, due: Vec<Held>, actions: &mut Vec<Action>) {
        for held in due {
            self.in_open += 1;
            self.own_in_open += u64::from(!held.is_stray);
            let fit = if held.is_stray {
                Fit::Misplaced
            } else {
                Fit::InSlot
            };
            let is_arriving = self.arriving == Some(held.ticket);
            actions.push(if is_arriving {
                Action::Reduce(fit)
            } else {
                Action::Release(held.ticket, fit)
            });
        }
    }

    /// The streams that decide where the timeline is: those that speak in every slot. Slower ones and logs
    /// do only while no stream sets the pace; a camera may lag by seconds, and says nothing about the rest.
    fn steering(&self) -> impl Iterator<Item = &StreamState> {
        let slot_ns = self.slot_ns();
        let is_paced = self.is_paced();
        let streams = self.streams.values();
        streams.filter(move |stream| !is_paced || stream.gates && !stream.is_slow(slot_ns))
    }

    /// Whether a gating stream speaks in every slot.
    fn is_paced(&self) -> bool {
        let slot_ns = self.slot_ns();
        let mut streams = self.streams.values();
        streams.any(|stream| stream.gates && stream.is_fast(slot_ns))
    }
}
