//! One signal per key, so that a change of one object wakes only those who show it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;

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
        let signal = self.signal(key);
        if signal.with_untracked(|held| *held != value) {
            signal.set(value);
        }
    }

    /// Tells every key that is not in `kept` that it holds nothing now.
    pub fn retain(&self, kept: impl Fn(&K) -> bool) {
        let keys: Vec<K> = {
            let signals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            signals.keys().filter(|key| !kept(key)).cloned().collect()
        };
        for key in keys {
            self.put(&key, None);
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
    }
}
