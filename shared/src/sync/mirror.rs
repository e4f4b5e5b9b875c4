//! What a page knows: the shared objects and frames as of one stamp, changed by whole answers only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::codec::{DecodedAnswer, DecodedFrame};
use super::message::{Change, FrameUpdate};
use crate::id::{GridId, LayerId};
use crate::notification::Notification;
use crate::object::{Object, ObjectId};
use crate::plot::frame::Frame;
use crate::version::{Epoch, Revision, Stamp};

/// The page's copy of the server's state.
#[derive(Clone, Debug, Default)]
pub struct Mirror {
    stamp: Option<Stamp>,
    objects: BTreeMap<ObjectId, (Revision, Arc<Object>)>,
    frames: BTreeMap<LayerId, LayerFrame>,
    cursor: Option<u64>,
}

/// The picture of one layer.
#[derive(Clone, Debug)]
pub struct LayerFrame {
    /// The picture.
    pub frame: Arc<Frame>,
    /// The run and revision of the server that made it.
    pub version: Stamp,
    /// How many frames the layer has had up to this one.
    pub count: u64,
    /// How many of them were never seen here.
    pub skipped: u64,
    /// Known to be the newest. Others are shown greyed and dated until their successor comes.
    pub current: bool,
}

/// What an answer changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// True when the answer was a snapshot.
    pub snapshot: bool,
    /// Objects created, changed or removed.
    pub objects: BTreeSet<ObjectId>,
    /// Layers whose picture changed, went, or became outdated.
    pub layers: BTreeSet<LayerId>,
    /// Layers whose difference did not fit: their frame must be fetched whole.
    pub unfit: BTreeSet<LayerId>,
    /// Layers whose frame was told.
    pub frames: BTreeSet<LayerId>,
    /// New notifications.
    pub notices: Vec<Notification>,
    /// Notifications that are no longer kept anywhere.
    pub notices_missed: u64,
    /// Layers whose frame the server left for the next call.
    pub deferred: Vec<LayerId>,
}

/// The answer does not continue what the page knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer starts from a state that this page does not have")]
pub struct Discontinuity;

impl Mirror {
    /// The state that the objects are at; none when only a snapshot can help.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// All objects with their versions.
    pub fn objects(&self) -> impl Iterator<Item = (&ObjectId, Revision, &Arc<Object>)> {
        self.objects
            .iter()
            .map(|(id, (version, value))| (id, *version, value))
    }

    /// One object.
    pub fn object(&self, id: &ObjectId) -> Option<&Arc<Object>> {
        self.objects.get(id).map(|(_, value)| value)
    }

    /// The picture of a layer.
    pub fn frame(&self, layer: LayerId) -> Option<&LayerFrame> {
        self.frames.get(&layer)
    }

    /// The last notification read.
    pub fn cursor(&self) -> Option<u64> {
        self.cursor
    }

    /// The grid that a layer lies on.
    pub fn grid_of(&self, layer: LayerId) -> Option<GridId> {
        let Object::Layer(layer) = &**self.object(&ObjectId::Layer(layer))? else {
            return None;
        };
        let Object::Cell(cell) = &**self.object(&ObjectId::Cell(layer.cell))? else {
            return None;
        };
        Some(cell.grid)
    }

    /// The versions of the pictures that the present run of the server made, as `have` names them.
    pub fn have(&self) -> Vec<(LayerId, Revision)> {
        let epoch = self.stamp.map(|stamp| stamp.epoch);
        let held = self
            .frames
            .iter()
            .filter(|(_, it)| Some(it.version.epoch) == epoch);
        held.map(|(layer, it)| (*layer, it.version.revision))
            .collect()
    }

    /// Says which pictures are the newest after an answer to a call that claimed those of `claimed`. The server spoke
    /// of what had changed among them; what is known of all others may be old.
    pub fn settle(&mut self, claimed: &BTreeSet<LayerId>, applied: &mut Applied) {
        for (layer, frame) in &mut self.frames {
            let is_told = applied.frames.contains(layer);
            let is_confirmed = claimed.contains(layer) && !applied.snapshot;
            let current = (is_told || is_confirmed)
                && !applied.deferred.contains(layer)
                && !applied.unfit.contains(layer);
            if std::mem::replace(&mut frame.current, current) != current {
                applied.layers.insert(*layer);
            }
        }
    }

    /// Forgets pictures, oldest first, until those outside of `grid` take at most `bytes`.
    pub fn forget_beyond(&mut self, bytes: usize, grid: Option<GridId>) {
        let hidden = self
            .frames
            .iter()
            .filter(|(id, _)| grid.is_none() || self.grid_of(**id) != grid);
        let mut hidden: Vec<_> = hidden
            .map(|(id, it)| (it.frame.time.map(|time| time.end), *id, it.frame.byte_len()))
            .collect();
        let mut held: usize = hidden.iter().map(|(.., bytes)| bytes).sum();
        hidden.sort_unstable();
        for (_, layer, its_bytes) in hidden {
            if held <= bytes {
                break;
            }
            held -= its_bytes;
            self.frames.remove(&layer);
        }
    }

    /// Forgets where it stands, so that the next call asks for a snapshot.
    pub fn distrust(&mut self) {
        self.stamp = None;
    }

    /// Takes over an answer in one step, or nothing of it.
    pub fn apply(&mut self, decoded: DecodedAnswer) -> Result<Applied, Discontinuity> {
        let DecodedAnswer { answer, frames } = decoded;
        if let Some(base) = answer.base {
            let continues = self
                .stamp
                .is_some_and(|known| known.epoch == answer.stamp.epoch && known.revision == base);
            if !continues {
                self.distrust();
                return Err(Discontinuity);
            }
        }
        let mut applied = Applied {
            snapshot: answer.base.is_none(),
            notices: answer.notices.events,
            notices_missed: answer.notices.missed,
            deferred: answer.deferred,
            ..Applied::default()
        };
        if applied.snapshot {
            self.start_over(&answer.changes, &mut applied);
        }
        for change in answer.changes {
            self.apply_change(change, &mut applied);
        }
        for (update, frame) in answer.frames.into_iter().zip(frames) {
            self.apply_frame(&update, answer.stamp.epoch, frame, &mut applied);
        }
        self.stamp = Some(answer.stamp);
        self.cursor = Some(answer.notices.head);
        Ok(applied)
    }

    /// Drops what a snapshot does not hold. Pictures of layers that still exist stay, marked as outdated.
    fn start_over(&mut self, changes: &[Change], applied: &mut Applied) {
        let kept: BTreeSet<&ObjectId> = changes.iter().map(|change| &change.id).collect();
        applied
            .objects
            .extend(self.objects.keys().filter(|id| !kept.contains(id)).cloned());
        self.objects.clear();
        applied.layers.extend(self.frames.keys());
        self.frames
            .retain(|layer, _| kept.contains(&ObjectId::Layer(*layer)));
        for frame in self.frames.values_mut() {
            frame.current = false;
        }
    }

    fn apply_change(&mut self, change: Change, applied: &mut Applied) {
        applied.objects.insert(change.id.clone());
        if let Some(value) = change.value {
            self.objects.insert(change.id, (change.version, value));
            return;
        }
        if let ObjectId::Layer(layer) = change.id
            && self.frames.remove(&layer).is_some()
        {
            applied.layers.insert(layer);
        }
        self.objects.remove(&change.id);
    }

    fn apply_frame(
        &mut self,
        update: &FrameUpdate,
        epoch: Epoch,
        frame: DecodedFrame,
        applied: &mut Applied,
    ) {
        let layer = update.layer;
        let version = Stamp {
            epoch,
            revision: update.version,
        };
        applied.layers.insert(layer);
        applied.frames.insert(layer);
        let shown = self.frames.get_mut(&layer);
        match frame {
            DecodedFrame::None => drop(self.frames.remove(&layer)),
            DecodedFrame::Whole(frame) => {
                let skipped = shown.map_or(0, |shown| shown.skipped_before(update.count));
                self.frames.insert(
                    layer,
                    LayerFrame {
                        frame: Arc::from(frame),
                        version,
                        count: update.count,
                        skipped,
                        current: true,
                    },
                );
            }
            DecodedFrame::Delta(deltas) => {
                let Some(shown) = shown else {
                    applied.unfit.insert(layer);
                    return;
                };
                let picture = Arc::make_mut(&mut shown.frame);
                if deltas.iter().any(|delta| delta.apply(picture).is_err()) {
                    // Some links may have been applied: the picture is of no version now.
                    self.frames.remove(&layer);
                    applied.unfit.insert(layer);
                    return;
                }
                shown.skipped = shown.skipped_before(update.count);
                shown.version = version;
                shown.count = update.count;
            }
        }
    }
}

impl LayerFrame {
    /// The total of skipped frames once number `count` is shown; a count that went back skips nothing.
    fn skipped_before(&self, count: u64) -> u64 {
        self.skipped + count.saturating_sub(self.count).saturating_sub(1)
    }
}
