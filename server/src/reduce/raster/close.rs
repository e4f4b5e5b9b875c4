//! When a slot is over, and what follows it.

use super::stream::StreamState;
use super::{Action, Raster};

impl Raster {
    /// Makes room: closes the open slot although it is not over, or releases what is held.
    ///
    /// Call it as often as needed when the held messages exceed a limit in bytes; each call comes nearer to
    /// holding none.
    pub fn relieve(&mut self, actions: &mut Vec<Action>) {
        if self.in_open > 0 {
            self.close(actions);
        } else if !self.advance(actions)
            && let Some(open) = self.open
        {
            let due = self.held.take_due(open);
            self.release(due, actions);
        }
    }

    /// Publishes everything that is buffered, each message in its slot: the end of the data, or a backstop.
    pub fn flush(&mut self, actions: &mut Vec<Action>) {
        if let Some(slot) = self.likeliest_stray() {
            self.jump(slot, actions);
        }
        self.drain(actions);
    }

    /// Closes slots until nothing is buffered.
    pub(super) fn drain(&mut self, actions: &mut Vec<Action>) {
        while self.is_buffering() {
            self.relieve(actions);
        }
    }

    /// Closes every slot that is over.
    pub(super) fn settle(&mut self, actions: &mut Vec<Action>) {
        while self.open.is_some_and(|open| self.is_over(open)) {
            if self.in_open > 0 {
                self.close(actions);
            } else if !self.advance(actions) {
                return;
            }
        }
    }

    fn is_over(&self, open: i64) -> bool {
        let end_ns = self.grid.interval(open).end.0;
        let slot_ns = self.slot_ns();
        let is_paced = self.is_paced();
        let present = || self.streams.values().filter(|stream| stream.is_present());
        let steering = self.steering().filter(|stream| stream.is_present());
        let newest_ns = steering.filter_map(|stream| stream.newest_ns).max();
        if newest_ns.is_some_and(|newest| newest >= end_ns.saturating_add(slot_ns)) {
            return true;
        }
        // Late messages alone do not close the slot that took them in: more may come.
        let has_own = self.own_in_open > 0 || newest_ns.is_some_and(|newest| newest >= end_ns);
        let any_gates = present().any(|stream| stream.gates);
        let decides = |stream: &&StreamState| {
            stream.gates == any_gates && (!is_paced || stream.is_fast(slot_ns))
        };
        let mut deciding = present().filter(decides).peekable();
        has_own && deciding.peek().is_some() && deciding.all(|stream| stream.is_done(end_ns))
    }

    /// Opens the next slot for which something waits. Only an empty slot may be left so.
    pub(super) fn advance(&mut self, actions: &mut Vec<Action>) -> bool {
        let next = self.held.next_slot();
        if let Some(slot) = next {
            self.open_slot(slot, actions);
        }
        next.is_some()
    }

    /// Opens a slot and reduces what waited for it.
    pub(super) fn open_slot(&mut self, slot: i64, actions: &mut Vec<Action>) {
        self.open = Some(slot);
        let due = self.held.take_due(slot);
        self.release(due, actions);
    }

    fn close(&mut self, actions: &mut Vec<Action>) {
        let Some(open) = self.open else { return };
        let interval = self.grid.interval(open);
        actions.push(Action::Close(interval));
        self.last_end = interval.end;
        self.has_closed = true;
        self.in_open = 0;
        self.own_in_open = 0;
        self.streams.values_mut().for_each(StreamState::close_slot);
        self.open_slot(open + 1, actions);
    }
}
