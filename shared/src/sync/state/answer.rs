//! Answers: what changed between a session's stamp and one state.

use std::collections::BTreeMap;

use bytes::Bytes;
use uuid::Uuid;

use super::{FrameSlot, SharedState};
use crate::id::{GridId, LayerId};
use crate::notification::{Notices, Notification};
use crate::object::ObjectId;
use crate::sync::codec::Packet;
use crate::sync::message::{
    Answer, Change, DEFAULT_BUDGET_BYTES, FrameContent, FrameUpdate, PROTOCOL, SyncRequest,
};
use crate::time::TimeNs;
use crate::version::{Revision, Stamp};

impl SharedState {
    /// The answer to `request`, built from this state alone. Its cost is the number of changes since the
    /// caller's stamp and of the layers it sees; where [`SharedState::needs_encoding`], frames are encoded.
    pub fn answer(&self, request: &SyncRequest, server_time: TimeNs) -> Packet {
        self.answer_as(request, server_time, FrameSlot::told_from)
    }

    /// The same answer for those who read frames as they are, from this state: without bodies, nothing encoded.
    pub fn answer_without_bodies(&self, request: &SyncRequest, server_time: TimeNs) -> Answer {
        self.answer_as(request, server_time, |slot, _| slot.told_plainly())
            .answer
    }

    /// Whether answering `request` in the binary form encodes a frame that nobody has asked for whole before.
    pub fn needs_encoding(&self, request: &SyncRequest) -> bool {
        let have = self.have(request);
        self.wanted(request).into_iter().any(|layer| {
            let slot = self.frames.get(&layer);
            slot.is_some_and(|slot| slot.needs_encoding(have.get(&layer).copied()))
        })
    }

    fn have(&self, request: &SyncRequest) -> BTreeMap<LayerId, Revision> {
        match request.known.and_then(|known| self.base_for(known)) {
            Some(_) => request.have.iter().copied().collect(),
            None => BTreeMap::new(),
        }
    }

    fn answer_as(
        &self,
        request: &SyncRequest,
        server_time: TimeNs,
        tell: impl Fn(&FrameSlot, Option<Revision>) -> Told,
    ) -> Packet {
        let base = request.known.and_then(|known| self.base_for(known));
        let changes = match base {
            Some(base) => self.changes_since(base),
            None => self.snapshot(),
        };
        let have = self.have(request);
        let budget = request.budget_bytes.unwrap_or(DEFAULT_BUDGET_BYTES);
        let Frames {
            updates,
            bodies,
            deferred,
        } = self.frames_for(self.wanted(request), &have, budget, tell);
        let answer = Answer {
            protocol: PROTOCOL,
            stamp: self.stamp(),
            base,
            server_time,
            changes,
            frames: updates,
            notices: self.notices_since(request.notices),
            deferred,
        };
        Packet { answer, bodies }
    }

    /// The revision that a difference can start from; none when only a snapshot can help: another server run,
    /// a stamp ahead of this state, or one older than the oldest tombstone kept.
    fn base_for(&self, known: Stamp) -> Option<Revision> {
        let usable = known.epoch == self.epoch
            && known.revision <= self.revision
            && self.tells_removals_since(known.revision);
        usable.then_some(known.revision)
    }

    /// Whether [`SharedState::changes_since`] tells everything that was removed after `base`.
    pub fn tells_removals_since(&self, base: Revision) -> bool {
        base >= self.floor
    }

    /// What changed after `base`, ascending by version; tombstones older than the log keeps are missing.
    pub fn changes_since(&self, base: Revision) -> Vec<Change> {
        // No id sorts before the grid of the nil UUID.
        let first = (base.next(), ObjectId::Grid(GridId(Uuid::nil())));
        self.log
            .range(first..)
            .map(|((version, id), value)| Change {
                id: id.clone(),
                version: *version,
                value: value.clone(),
            })
            .collect()
    }

    fn snapshot(&self) -> Vec<Change> {
        let live = self.log.iter().filter(|(_, value)| value.is_some());
        live.map(|((version, id), value)| Change {
            id: id.clone(),
            version: *version,
            value: value.clone(),
        })
        .collect()
    }

    /// The layers on the caller's screen, and those it asks for, hidden or not; each once.
    pub fn wanted(&self, request: &SyncRequest) -> Vec<LayerId> {
        let of_grid = request
            .grid
            .into_iter()
            .flat_map(|grid| self.shown_layers_of(grid));
        let mut layers: Vec<LayerId> = of_grid.chain(request.also.iter().copied()).collect();
        layers.sort_unstable();
        layers.dedup();
        layers
    }

    fn frames_for(
        &self,
        wanted: Vec<LayerId>,
        have: &BTreeMap<LayerId, Revision>,
        budget: u64,
        tell: impl Fn(&FrameSlot, Option<Revision>) -> Told,
    ) -> Frames {
        let mut frames = Frames::default();
        // Absent frames first, then those behind the longest.
        let mut missing = Vec::new();
        for layer in wanted {
            let have = have.get(&layer).copied();
            let slot = self.frames.get(&layer);
            match slot.and_then(|slot| Some((slot, slot.current()?.0))) {
                Some((_, version)) if have == Some(version) => {}
                Some((slot, version)) => missing.push((have, layer, version, slot)),
                None if have.is_some() => frames.updates.push(FrameUpdate {
                    layer,
                    version: slot.map(FrameSlot::barrier).unwrap_or_default(),
                    count: slot.map_or(0, FrameSlot::count),
                    content: FrameContent::None,
                }),
                None => {}
            }
        }
        missing.sort_by_key(|(have, layer, ..)| (*have, *layer));
        let mut left = budget;
        let mut sent = 0_u32;
        for (have, layer, version, slot) in missing {
            if sent > 0 && left == 0 {
                frames.deferred.push(layer);
                continue;
            }
            let Told {
                content,
                bodies,
                bytes,
            } = tell(slot, have);
            if sent > 0 && bytes > left {
                left = 0;
                frames.deferred.push(layer);
                continue;
            }
            left = left.saturating_sub(bytes);
            sent += 1;
            frames.bodies.extend(bodies);
            frames.updates.push(FrameUpdate {
                layer,
                version,
                count: slot.count(),
                content,
            });
        }
        frames
    }

    fn notices_since(&self, cursor: Option<u64>) -> Notices {
        let head = self.notice_head;
        let Some(cursor) = cursor else {
            return Notices {
                head,
                ..Notices::default()
            };
        };
        let is_new = |n: &&Notification| n.number > cursor;
        let mut events: Vec<_> = self
            .notices
            .iter()
            .rev()
            .take_while(is_new)
            .cloned()
            .collect();
        events.reverse();
        // Numbers of this run that are no longer kept. What an earlier run said after the cursor is not known here, and
        // a cursor ahead of the head comes from a store that was set back: it has missed nothing we know of.
        let last_known = cursor.max(self.notices_before);
        let missed = head
            .saturating_sub(last_known)
            .saturating_sub(events.len() as u64);
        Notices {
            head,
            missed,
            events,
        }
    }
}

#[derive(Default)]
struct Frames {
    updates: Vec<FrameUpdate>,
    bodies: Vec<Bytes>,
    deferred: Vec<LayerId>,
}

/// How a newest frame is told, with its size.
struct Told {
    content: FrameContent,
    bodies: Vec<Bytes>,
    bytes: u64,
}

impl Told {
    fn with(content: FrameContent, bodies: Vec<Bytes>) -> Self {
        Self {
            content,
            bytes: bodies.iter().map(|body| body.len() as u64).sum(),
            bodies,
        }
    }
}

impl FrameSlot {
    /// How a session that holds version `have` is told the newest frame.
    fn told_from(&self, have: Option<Revision>) -> Told {
        if let Some(chain) = have.and_then(|have| self.chain_from(have)) {
            let links = chain.len() as u32;
            return Told::with(FrameContent::Delta { links }, chain);
        }
        let whole = self.current().map(|(_, frame)| frame.whole().clone());
        Told::with(FrameContent::Whole, whole.into_iter().collect())
    }

    /// The newest frame as it is.
    fn told_plainly(&self) -> Told {
        let bytes = self
            .current()
            .map_or(0, |(_, frame)| frame.frame().byte_len() as u64);
        Told {
            content: FrameContent::Whole,
            bodies: Vec::new(),
            bytes,
        }
    }

    /// Whether telling it to a session that holds version `have` encodes it.
    fn needs_encoding(&self, have: Option<Revision>) -> bool {
        self.current().is_some_and(|(version, frame)| {
            have != Some(version)
                && !frame.is_encoded()
                && have.and_then(|have| self.chain_from(have)).is_none()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, Transaction};
    use super::*;
    use crate::notification::Severity;
    use crate::version::Epoch;

    #[test]
    fn a_cursor_counts_what_it_has_not_seen_wherever_it_points() {
        let mut state = SharedState::new(Epoch::random(), 10);
        for text in ["first", "second", "third"] {
            let mut transaction = Transaction::new();
            transaction.notify(Severity::Info, text);
            state.commit(transaction, TimeNs(0), Limits::default());
        }
        for (cursor, missed, events) in [(0, 0, 3), (11, 0, 2), (13, 0, 0), (u64::MAX, 0, 0)] {
            let notices = state.notices_since(Some(cursor));
            let told = (notices.head, notices.missed, notices.events.len());
            assert_eq!(told, (13, missed, events), "{cursor}");
        }
    }
}
