//! Whether a message far off the open slot is wrong or the first sign of a new timeline.

use std::ops::Range;

use shared::time::TimeNs;

use super::stream::{Stray, StreamState};
use super::{Action, Arrival, Fit, LATE_SLOTS, Raster};

/// Messages in a row by which a single stream shows that it means it, while the others are silent.
const STREAK: u32 = 3;
/// The years 2000 to 2099 in ns since the Unix epoch. A timeline in them is never left for one outside: an
/// instrument's clock is not there, so the time is a zero or garbage, however often it comes.
const ERA_NS: Range<i64> = 946_684_800_000_000_000..4_102_444_800_000_000_000;

impl Raster {
    /// Places a message whose slot is too far from the open one to be believed at once.
    pub(super) fn place_far(
        &mut self,
        arrival: Arrival,
        slot: i64,
        open: i64,
        actions: &mut Vec<Action>,
    ) {
        let is_credible = ERA_NS.contains(&arrival.time.0);
        let open_is_credible = self.is_credible(open);
        if open_is_credible && !is_credible {
            self.reduce_now(Fit::Misplaced, actions);
            return;
        }
        self.hold(arrival.stream, slot, true);
        let Some(stream) = self.streams.get_mut(&arrival.stream) else {
            return;
        };
        let run = stream.stray_to(arrival.time.0, slot, self.number, LATE_SLOTS);
        let goes_on = slot > open && run.goes_on && !self.is_paced();
        let is_impossible = is_credible && !open_is_credible;
        if is_impossible || goes_on || self.outvotes(run) {
            self.jump(slot, actions);
        }
    }

    /// Follows to `slot`: closes what is buffered and takes up the held messages about there.
    pub(super) fn jump(&mut self, slot: i64, actions: &mut Vec<Action>) {
        let moved = self.held.take_strays_near(slot, LATE_SLOTS);
        let target = moved.iter().map(|held| held.slot).min().unwrap_or(slot);
        let is_confirmed = self.agreed > 1 || self.has_closed;
        let was_credible = self.open.is_some_and(|open| self.is_credible(open));
        if is_confirmed && (was_credible || !self.is_credible(target)) {
            self.drain(actions);
        } else {
            // Nothing vouches for the old place: what was reduced there is published at the new one.
            self.held.mark_all_stray();
        }
        if self.grid.interval(target).start < self.last_end {
            actions.push(Action::Rewind);
            self.last_end = TimeNs(i64::MIN);
        }
        self.own_in_open = 0;
        self.agreed += moved.len() as u64;
        for mut held in moved {
            held.is_stray = false;
            self.held.push(held);
        }
        for stream in self.streams.values_mut() {
            stream.rebase(slot, self.number, LATE_SLOTS);
        }
        self.open_slot(target, actions);
    }

    /// Where most streams are of those whose messages are held off the timeline, if nothing speaks against it.
    pub(super) fn likeliest_stray(&self) -> Option<i64> {
        let slots = self.held.stray_slots();
        let slots = slots.filter(|slot| self.has_majority(*slot));
        slots.max_by_key(|slot| self.supporters(*slot).count())
    }

    /// Whether the place of `run` is where the timeline is now.
    ///
    /// A single stream must say so several times. While others are only silent for a moment it must
    /// also go on from where it was: then it is a backlog that comes stream by stream, and no bad clock.
    fn outvotes(&self, run: Stray) -> bool {
        let is_alone = || !self.on_timeline().any(StreamState::is_present);
        let is_persistent = || run.streak >= STREAK && (run.is_continued || is_alone());
        self.has_majority(run.slot) && (self.supporters(run.slot).count() > 1 || is_persistent())
    }

    /// Whether more streams are at `slot` than were heard on the timeline since the first of them left it.
    fn has_majority(&self, slot: i64) -> bool {
        let since = self.supporters(slot).min().unwrap_or(self.number);
        let opponents = self.on_timeline().filter(|stream| stream.heard_at > since);
        self.supporters(slot).count() > opponents.count()
    }

    fn on_timeline(&self) -> impl Iterator<Item = &StreamState> {
        self.steering().filter(|stream| stream.stray.is_none())
    }

    /// The streams that are at `slot`, each as the number of the message with which it went there.
    fn supporters(&self, slot: i64) -> impl Iterator<Item = u64> {
        let strays = self.steering().filter_map(|stream| stream.stray);
        let near = strays.filter(move |run| (run.slot - slot).abs() <= LATE_SLOTS);
        near.map(|run| run.since)
    }

    fn is_credible(&self, slot: i64) -> bool {
        ERA_NS.contains(&self.grid.interval(slot).start.0)
    }
}
