//! Whether a message far off the open slot is wrong or the first sign of a new timeline.

use std::ops::Range;

use shared::time::TimeNs;

use super::{Action, Arrival, LATE_SLOTS, Raster};

/// Messages in a row by which a single stream shows that it means it, while all others are silent.
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
            self.counts.stray += 1;
            self.reduce_now(actions);
            return;
        }
        self.hold(slot, true);
        let is_persistent = self.is_persistent(arrival, slot);
        let is_followed = is_credible && !open_is_credible || self.outvotes(slot, is_persistent);
        if is_followed {
            self.jump(slot, actions);
        }
    }

    /// Follows to `slot`: closes what is buffered and takes up the held messages about there.
    pub(super) fn jump(&mut self, slot: i64, actions: &mut Vec<Action>) {
        let moved = self.held.take_strays_near(slot, LATE_SLOTS);
        let target = moved.iter().map(|held| held.slot).min().unwrap_or(slot);
        let is_confirmed = self.agreed > 1 || self.counts.closed > 0;
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
        self.counts.jumps += 1;
        for mut held in moved {
            held.is_stray = false;
            self.held.push(held);
        }
        for stream in self.streams.values_mut() {
            stream.rebase(slot, self.number, LATE_SLOTS);
        }
        self.open_slot(target, actions);
    }

    /// Where most streams are of those whose messages are held off the timeline.
    pub(super) fn likeliest_stray(&self) -> Option<i64> {
        let slots = self.held.stray_slots();
        slots.max_by_key(|slot| self.supporters(*slot).count())
    }

    /// Notes the vote of a stream. Whether it may carry the timeline alone: it goes on as its period says, or
    /// says so several times.
    fn is_persistent(&mut self, arrival: Arrival, slot: i64) -> bool {
        let heard_at = |stream: &super::StreamState| stream.heard_at;
        let last_heard = self.streams.get(&arrival.stream).map_or(0, heard_at);
        let others = self
            .streams
            .values()
            .filter(|stream| self.steers(stream.gates));
        let is_alone = !others.map(heard_at).any(|heard| heard > last_heard);
        let number = self.number;
        let Some(stream) = self.streams.get_mut(&arrival.stream) else {
            return false;
        };
        let is_expected = is_alone && stream.expects(arrival.time.0);
        let run = stream.stray_to(arrival.time.0, slot, number, LATE_SLOTS);
        is_expected || run.streak >= STREAK
    }

    /// Whether more streams are at `slot` than were heard on the timeline since the first of them left it.
    fn outvotes(&self, slot: i64, is_persistent: bool) -> bool {
        let supporters = self.supporters(slot).count();
        let since = self.supporters(slot).min().unwrap_or(self.number);
        let steering = self
            .streams
            .values()
            .filter(|stream| self.steers(stream.gates));
        let opponents = steering.filter(|stream| stream.stray.is_none() && stream.heard_at > since);
        supporters > opponents.count() && (supporters > 1 || is_persistent)
    }

    /// The streams that are at `slot`, each as the number of the message with which it went there.
    fn supporters(&self, slot: i64) -> impl Iterator<Item = u64> {
        let steering = self
            .streams
            .values()
            .filter(|stream| self.steers(stream.gates));
        let strays = steering.filter_map(|stream| stream.stray);
        let near = strays.filter(move |run| (run.slot - slot).abs() <= LATE_SLOTS);
        near.map(|run| run.since)
    }

    fn is_credible(&self, slot: i64) -> bool {
        ERA_NS.contains(&self.grid.interval(slot).start.0)
    }
}
