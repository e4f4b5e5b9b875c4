//! What the raster knows of one stream: how far it has come on the timeline and off it.

use super::cadence::Cadence;

/// Slots that may close without a word from a stream before the others stop waiting for it.
pub(super) const ABSENT_SLOTS: u32 = 5;
/// Part of the period by which a message may come early; larger would split pulses that lie near a boundary.
const JITTER_PART: i64 = 32;

/// The state of one stream.
#[derive(Clone, Debug)]
pub(super) struct StreamState {
    /// Whether slots wait for it while data flow; logs ride along.
    pub(super) gates: bool,
    pub(super) cadence: Cadence,
    /// Newest time on the timeline.
    pub(super) newest_ns: Option<i64>,
    /// Time of its latest message, wherever that lies.
    last_ns: Option<i64>,
    parts_of_newest: u32,
    /// Where its latest messages lie, if that is off the timeline.
    pub(super) stray: Option<Stray>,
    /// Number of its latest message on the timeline.
    pub(super) heard_at: u64,
    spoke: bool,
    absent_slots: u32,
    /// Messages since the last that came in time.
    late_streak: u32,
}

/// A run of messages off the timeline that agree with each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stray {
    /// Slot of the latest.
    pub(super) slot: i64,
    newest_ns: i64,
    parts_of_newest: u32,
    /// Messages in the run.
    pub(super) streak: u32,
    /// Its first message came after the one before as the stream's period says: the run is late, not wrong.
    pub(super) is_continued: bool,
    /// The same of its latest message.
    pub(super) goes_on: bool,
    /// Number of the first message of the run.
    pub(super) since: u64,
}

impl StreamState {
    pub(super) fn new(gates: bool) -> Self {
        Self {
            gates,
            cadence: Cadence::default(),
            newest_ns: None,
            last_ns: None,
            parts_of_newest: 0,
            stray: None,
            heard_at: 0,
            spoke: false,
            // Slots do not wait for it before it has spoken on the timeline.
            absent_slots: ABSENT_SLOTS + 1,
            late_streak: 0,
        }
    }

    /// Notes a message on the timeline; one that came `in_time` shows that it is worth waiting for the next.
    pub(super) fn accept(&mut self, time_ns: i64, number: u64, in_time: InTime) {
        self.stray = None;
        self.last_ns = Some(time_ns);
        self.heard_at = number;
        match in_time {
            InTime::Yes => {
                self.spoke = true;
                self.absent_slots = 0;
                self.late_streak = 0;
            }
            InTime::No => self.note_late(),
        }
        match self.newest_ns {
            Some(newest) if time_ns < newest => {}
            Some(newest) if time_ns == newest => {
                self.parts_of_newest = self.parts_of_newest.saturating_add(1);
            }
            newest => {
                if let Some(newest) = newest {
                    self.cadence.learn_step(newest, time_ns);
                    self.cadence.learn_parts(self.parts_of_newest);
                }
                self.newest_ns = Some(time_ns);
                self.parts_of_newest = 1;
            }
        }
    }

    /// A stream that nobody waits for is late for ever if it comes right behind the others. So the next slot waits for
    /// it, and again after 2, 4, 8 … late messages: if it lags by more than a slot, that is in vain and must be rare.
    fn note_late(&mut self) {
        self.late_streak = self.late_streak.saturating_add(1);
        if self.late_streak.is_power_of_two() && !self.is_present() {
            self.absent_slots = match self.cadence.period_ns() {
                Some(_) => ABSENT_SLOTS,
                None => 1,
            };
        }
    }

    /// Notes a message off the timeline, as part of the current run if that is within `reach_slots`.
    pub(super) fn stray_to(
        &mut self,
        time_ns: i64,
        slot: i64,
        number: u64,
        reach_slots: i64,
    ) -> Stray {
        let run = self
            .stray
            .filter(|run| (run.slot - slot).abs() <= reach_slots);
        let mut run = run.unwrap_or_else(|| self.begin_stray(time_ns, slot, number));
        if time_ns > run.newest_ns {
            self.cadence.learn_step(run.newest_ns, time_ns);
            run.goes_on = self.expects(time_ns);
            run.parts_of_newest = 0;
            run.newest_ns = time_ns;
        }
        run.parts_of_newest += u32::from(time_ns == run.newest_ns);
        run.slot = slot;
        run.streak = run.streak.saturating_add(1);
        self.last_ns = Some(time_ns);
        self.stray = Some(run);
        run
    }

    /// A stream that is slower than the reach of a run begins one with every message, and is learnt by that.
    fn begin_stray(&mut self, time_ns: i64, slot: i64, number: u64) -> Stray {
        if let Some(last) = self.last_ns {
            self.cadence.learn_step(last, time_ns);
        }
        let is_continued = self.expects(time_ns);
        Stray {
            slot,
            newest_ns: time_ns,
            parts_of_newest: 0,
            streak: 0,
            is_continued,
            goes_on: is_continued,
            since: number,
        }
    }

    /// Takes up the timeline at `slot`: the current run now lies on it, or the stream has said nothing there yet.
    pub(super) fn rebase(&mut self, slot: i64, number: u64, reach_slots: i64) {
        self.newest_ns = None;
        match self.stray.take() {
            Some(run) if (run.slot - slot).abs() <= reach_slots => {
                self.accept(run.newest_ns, number, InTime::Yes);
                self.parts_of_newest = run.parts_of_newest;
            }
            other => self.stray = other,
        }
    }

    /// A slot closed.
    pub(super) fn close_slot(&mut self) {
        if !std::mem::take(&mut self.spoke) {
            self.absent_slots = self.absent_slots.saturating_add(1);
        }
    }

    /// Nobody waits for it any more unless it spoke since the last slot closed.
    pub(super) fn retire_if_silent(&mut self) {
        if !self.spoke {
            self.absent_slots = ABSENT_SLOTS + 1;
        }
    }

    pub(super) fn is_present(&self) -> bool {
        self.absent_slots <= ABSENT_SLOTS
    }

    /// Whether it is expected to speak in every slot. A stream of unknown period is, for the slot after each of its messages.
    pub(super) fn is_fast(&self, slot_ns: i64) -> bool {
        match self.cadence.period_ns() {
            Some(period) => self.is_present() && period <= longest_fast_ns(slot_ns),
            None => self.absent_slots <= 1,
        }
    }

    /// Whether it has delivered its last message before `end_ns`.
    pub(super) fn is_done(&self, end_ns: i64) -> bool {
        let Some(newest) = self.newest_ns else {
            return false;
        };
        if newest >= end_ns {
            return true;
        }
        self.cadence.period_ns().is_some_and(|period| {
            let next = newest.saturating_add(period);
            let is_whole = self.parts_of_newest >= self.cadence.usual_parts();
            is_whole && next >= end_ns.saturating_sub(period / JITTER_PART)
        })
    }

    /// Whether it is known to speak less than once a slot.
    pub(super) fn is_slow(&self, slot_ns: i64) -> bool {
        let period = self.cadence.period_ns();
        period.is_some_and(|period| period > longest_fast_ns(slot_ns))
    }

    /// Whether `time_ns` is about where its own period leads, a few missing messages granted.
    fn expects(&self, time_ns: i64) -> bool {
        let step = self.last_ns.and_then(|last| time_ns.checked_sub(last));
        let period = self.cadence.period_ns();
        step.zip(period)
            .is_some_and(|(step, period)| step > 0 && step <= 4 * period)
    }
}

/// The longest period that puts a message into every slot, however times are rounded.
fn longest_fast_ns(slot_ns: i64) -> i64 {
    slot_ns.saturating_add(slot_ns / 16)
}

/// Whether a message came before its slot had closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InTime {
    Yes,
    No,
}
