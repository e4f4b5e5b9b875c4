//! How many sessions look at each grid or layer.

use std::collections::BTreeMap;

/// Lookers by what they look at; only what somebody looks at is in it.
#[derive(Debug)]
pub(super) struct Looks<Id>(BTreeMap<Id, usize>);

impl<Id> Default for Looks<Id> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<Id: Copy + Ord> Looks<Id> {
    /// One session more looks at `ids`.
    pub(super) fn add(&mut self, ids: &[Id]) {
        for id in ids {
            *self.0.entry(*id).or_default() += 1;
        }
    }

    /// One session less looks at `ids`.
    pub(super) fn remove(&mut self, ids: &[Id]) {
        for id in ids {
            if let Some(count) = self.0.get_mut(id) {
                *count -= 1;
                if *count == 0 {
                    self.0.remove(id);
                }
            }
        }
    }

    /// Whether somebody looks at `id`.
    pub(super) fn any_at(&self, id: Id) -> bool {
        self.0.contains_key(&id)
    }

    /// What somebody looks at.
    pub(super) fn ids(&self) -> impl Iterator<Item = Id> {
        self.0.keys().copied()
    }
}
