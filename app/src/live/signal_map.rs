//! One signal per key, so that a change of one object wakes only those who show it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;

use crate::readers::shed;

/// Signals by key; a key that nobody has told anything about holds `None`.
pub struct SignalMap<K, V>(Arc<Mutex<BTreeMap<K, ArcRwSignal<Option<V>>>>>);

impl<K: Ord + Clone, V: PartialEq + Send + Sync + 'static> SignalMap<K, V> {
    /// The signal of `key`.
    pub fn signal(&self, key: &K) -> ArcRwSignal<Option<V>> {
        let mut signals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(signal) = signals.get(key) {
            return signal.clone();
        }
        let signal = ArcRwSignal::new(None);
        signals.insert(key.clone(), signal.clone());
        signal
    }

    /// Tells `key` its value; equal values wake nobody.
    pub fn put(&self, key: &K, value: Option<V>) {
        if value.is_none() && !self.has(key) {
            return;
        }
        let signal = self.signal(key);
        if signal.with_untracked(|held| *held != value) {
            signal.set(value);
        }
    }

    /// Tells `key` its value; true when it held none, or one that lies elsewhere.
    pub fn put_placed(&self, key: &K, value: &V, is_moved: impl Fn(&V, &V) -> bool) -> bool
    where
        V: Clone,
    {
        let moved = |held: &Option<V>| held.as_ref().is_none_or(|old| is_moved(old, value));
        let is_rearranged = self.signal(key).with_untracked(moved);
        self.put(key, Some(value.clone()));
        is_rearranged
    }

    /// Has all signals forget readers that are gone; see [`crate::readers`].
    pub fn shed_readers(&self) {
        // Nobody is told under the lock: whoever is may ask for signals.
        let signals: Vec<_> = {
            let signals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            signals.values().cloned().collect()
        };
        for signal in signals {
            shed(&signal);
        }
    }

    /// True when `key` holds something. Tracks nothing.
    pub fn has(&self, key: &K) -> bool {
        let signals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = signals.get(key).cloned();
        drop(signals);
        held.is_some_and(|it| it.with_untracked(Option::is_some))
    }

    /// Forgets `key`, and tells those who listen that it holds nothing now. Should it come back, they hear of it if
    /// they ask for its signal anew whenever they are woken.
    pub fn remove(&self, key: &K) {
        let removed = {
            let mut signals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            signals.remove(key)
        };
        if let Some(signal) = removed.filter(|it| it.with_untracked(Option::is_some)) {
            signal.set(None);
        }
    }

    /// Forgets every key that is not to be kept, as [`Self::remove`] does.
    pub fn retain(&self, kept: impl Fn(&K) -> bool) {
        let keys: Vec<K> = {
            let signals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            signals.keys().filter(|key| !kept(key)).cloned().collect()
        };
        for key in keys {
            self.remove(&key);
        }
    }
}

impl<K, V> Default for SignalMap<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K, V> Clone for SignalMap<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K, V> fmt::Debug for SignalMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignalMap")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_taken_early_hears_of_its_value_later() {
        let map = SignalMap::<u8, &str>::default();
        let early = map.signal(&1);
        assert_eq!(early.get_untracked(), None);
        map.put(&1, Some("one"));
        map.put(&2, Some("two"));
        assert_eq!(early.get_untracked(), Some("one"));
        map.retain(|key| *key == 2);
        assert_eq!(early.get_untracked(), None);
        assert_eq!(map.signal(&2).get_untracked(), Some("two"));
        assert_eq!((map.has(&1), map.has(&2)), (false, true));
    }

    #[test]
    fn what_is_new_or_moved_is_told_apart_from_what_changed() {
        let map = SignalMap::<u8, (u8, u8)>::default();
        let put = |value| map.put_placed(&1, &value, |old, new| old.0 != new.0);
        assert!(put((1, 1)));
        assert!(!put((1, 2)));
        assert!(put((2, 2)));
        map.remove(&1);
        assert!(put((2, 2)));
    }
}
