//! The raster as the engine sees it.

mod clocks;
mod pace;
mod properties;
mod scenarios;

use std::collections::BTreeMap;

use shared::time::{TimeInterval, TimeNs};

use super::{Action, Arrival, Fit, Raster, RasterConfig, Ticket};

/// 2023-11-14, the nominal time of pulse 0 of the tests; a multiple of three pulses after the epoch.
const START_NS: i64 = 1_699_999_999_500_000_000;
const HOUR_NS: i64 = 3_600_000_000_000;
const YEAR_2200_NS: i64 = 7_258_118_400_000_000_000;
/// Streams: events and frames gate.
const A: usize = 0;
const B: usize = 1;
const C: usize = 2;
/// A log.
const LOG: usize = 10;

/// A message: its stream and data time.
type Message = (usize, i64);

/// An engine that keeps messages and records which were reduced in which slot.
struct Engine {
    raster: Raster,
    held: BTreeMap<Ticket, Message>,
    open: Vec<Message>,
    slots: Vec<(TimeInterval, Vec<Message>)>,
    rewinds: Vec<usize>,
    most_held: usize,
    /// Messages that the raster called misplaced.
    misplaced: u64,
}

impl Engine {
    fn new(config: RasterConfig) -> Self {
        Self {
            raster: Raster::new(config),
            held: BTreeMap::new(),
            open: Vec::new(),
            slots: Vec::new(),
            rewinds: Vec::new(),
            most_held: 0,
            misplaced: 0,
        }
    }

    fn feed(&mut self, stream: usize, time_ns: i64) {
        let arrival = Arrival {
            stream,
            gates: stream < LOG,
            time: TimeNs(time_ns),
        };
        let mut actions = Vec::new();
        self.raster.handle(arrival, &mut actions);
        let own = |action: &&Action| matches!(action, Action::Reduce(_) | Action::Hold(_));
        assert_eq!(actions.iter().filter(own).count(), 1, "{actions:?}");
        self.obey(&actions, Some((stream, time_ns)));
    }

    /// Whole pulses in order of time: every stream sends at every pulse of the range.
    fn pulses(&mut self, streams: &[usize], pulses: std::ops::Range<i64>) {
        for pulse in pulses {
            for stream in streams {
                self.feed(*stream, pulse_ns(pulse));
            }
        }
    }

    fn poll(&mut self, idle_ns: u64) {
        let mut actions = Vec::new();
        self.raster.poll(idle_ns, &mut actions);
        self.obey(&actions, None);
    }

    fn flush(&mut self) {
        let mut actions = Vec::new();
        self.raster.flush(&mut actions);
        self.obey(&actions, None);
    }

    fn obey(&mut self, actions: &[Action], arrived: Option<Message>) {
        for action in actions {
            match action {
                Action::Reduce(fit) => {
                    self.misplaced += u64::from(*fit == Fit::Misplaced);
                    self.open.push(arrived.expect("handle was called"));
                }
                Action::Hold(ticket) => {
                    let message = arrived.expect("handle was called");
                    assert_eq!(self.held.insert(*ticket, message), None);
                }
                Action::Release(ticket, fit) => {
                    self.misplaced += u64::from(*fit == Fit::Misplaced);
                    self.open
                        .push(self.held.remove(ticket).expect("it was held"));
                }
                Action::Close(interval) => {
                    assert!(!self.open.is_empty(), "an empty slot closed: {interval:?}");
                    self.slots.push((*interval, std::mem::take(&mut self.open)));
                }
                Action::Rewind => self.rewinds.push(self.slots.len()),
            }
        }
        self.most_held = self.most_held.max(self.held.len());
    }

    /// Messages per closed slot.
    fn sizes(&self) -> Vec<usize> {
        self.slots
            .iter()
            .map(|(_, messages)| messages.len())
            .collect()
    }

    /// First pulse of each closed slot.
    fn first_pulses(&self) -> Vec<i64> {
        let starts = self.slots.iter().map(|(slot, _)| slot.start.0);
        starts
            .map(|start| {
                (i128::from(start - START_NS) * 14 + 500_000_000).div_euclid(1_000_000_000) as i64
            })
            .collect()
    }

    /// Closed slots that hold a message of another time.
    fn misfits(&self) -> usize {
        let fits = |(slot, messages): &&(TimeInterval, Vec<Message>)| {
            messages
                .iter()
                .all(|(_, time)| (slot.start.0..slot.end.0).contains(time))
        };
        self.slots.iter().filter(|slot| !fits(slot)).count()
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(RasterConfig::default())
    }
}

/// Nominal time of a pulse, rounded down as producers do.
fn pulse_ns(pulse: i64) -> i64 {
    START_NS + (i128::from(pulse) * 1_000_000_000).div_euclid(14) as i64
}
