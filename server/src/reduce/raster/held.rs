//! The messages that wait for their slot, by ticket and in order of arrival. The messages themselves stay with the engine.

use super::action::Ticket;

/// A message that waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) ticket: Ticket,
    pub(super) stream: usize,
    pub(super) slot: i64,
    /// Off the timeline: its slot means nothing unless the raster follows it.
    pub(super) is_stray: bool,
}

/// The queue.
#[derive(Clone, Debug, Default)]
pub(super) struct HeldQueue(Vec<Held>);

impl HeldQueue {
    pub(super) fn push(&mut self, held: Held) {
        self.0.push(held);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a message of the stream waits on the timeline.
    pub(super) fn holds(&self, stream: usize) -> bool {
        self.0
            .iter()
            .any(|held| !held.is_stray && held.stream == stream)
    }

    /// The first slot on the timeline for which something waits.
    pub(super) fn next_slot(&self) -> Option<i64> {
        let slots = self.0.iter().filter(|held| !held.is_stray);
        slots.map(|held| held.slot).min()
    }

    /// The slots of the messages off the timeline.
    pub(super) fn stray_slots(&self) -> impl Iterator<Item = i64> {
        let strays = self.0.iter().filter(|held| held.is_stray);
        strays.map(|held| held.slot)
    }

    /// Takes out what is due in `slot`: what belongs there or before, and strays that nothing followed until now.
    pub(super) fn take_due(&mut self, slot: i64) -> Vec<Held> {
        self.take_if(|held| held.is_stray || held.slot <= slot)
    }

    /// Takes out the strays about `slot`: those from which steps of at most `reach_slots` lead there.
    pub(super) fn take_strays_near(&mut self, slot: i64, reach_slots: i64) -> Vec<Held> {
        let mut slots: Vec<_> = self.stray_slots().collect();
        slots.sort_unstable();
        let at = slots.partition_point(|stray| *stray < slot);
        let reached = |from: i64, to: i64| {
            if (to - from).abs() <= reach_slots {
                to
            } else {
                from
            }
        };
        let first = slots[..at]
            .iter()
            .rev()
            .fold(slot, |from, to| reached(from, *to));
        let last = slots[at..].iter().fold(slot, |from, to| reached(from, *to));
        let about = first..=last;
        self.take_if(|held| held.is_stray && about.contains(&held.slot))
    }

    /// Makes everything due at once.
    pub(super) fn mark_all_stray(&mut self) {
        self.0.iter_mut().for_each(|held| held.is_stray = true);
    }

    fn take_if(&mut self, matches: impl Fn(&Held) -> bool) -> Vec<Held> {
        // Most messages find nothing waiting; an empty Vec allocates nothing.
        self.0.extract_if(.., |held| matches(held)).collect()
    }
}
