//! Who needs how much history of a key: of the wants that last, the longest decides.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use shared::id::ResultKey;

use super::{DataService, State, lock};
use crate::results::Extractor;

/// Wants that lapse are so many at most; beyond, the next to lapse goes early.
const MAX_LAPSING: usize = 1_000;

/// A need for history, which is kept while this lives.
#[must_use = "the need ends when this is dropped"]
#[derive(Debug)]
pub struct Want {
    state: Arc<Mutex<State>>,
    key: ResultKey,
    span_ns: i64,
}

/// How often each length of history is wanted, by key.
#[derive(Debug, Default)]
pub(super) struct Wants(BTreeMap<ResultKey, BTreeMap<i64, usize>>);

/// Wants without an owner, and when they end.
pub(super) type Lapsing = BTreeMap<(ResultKey, i64), (Instant, Want)>;

impl Wants {
    /// The longest history wanted of a key, ns.
    pub(super) fn longest_ns(&self, key: &ResultKey) -> i64 {
        let longest = self.0.get(key).and_then(BTreeMap::last_key_value);
        longest.map_or(0, |(span_ns, _)| *span_ns)
    }

    fn add(&mut self, key: &ResultKey, span_ns: i64) {
        let of_key = self.0.entry(key.clone()).or_default();
        *of_key.entry(span_ns).or_default() += 1;
    }

    fn remove(&mut self, key: &ResultKey, span_ns: i64) {
        let Some(of_key) = self.0.get_mut(key) else {
            return;
        };
        if let Some(count) = of_key.get_mut(&span_ns) {
            *count -= 1;
            if *count == 0 {
                of_key.remove(&span_ns);
            }
        }
        if of_key.is_empty() {
            self.0.remove(key);
        }
    }
}

impl DataService {
    /// Says what will be asked of a key, so that enough history is kept from now on, until the want is dropped.
    pub fn want(&self, key: &ResultKey, extractor: Extractor) -> Want {
        let span_ns = extractor.span_ns();
        let mut state = self.lock();
        state.wants.add(key, span_ns);
        state.meet(key);
        Want {
            state: Arc::clone(&self.state),
            key: key.clone(),
            span_ns,
        }
    }

    /// The same for those who have nothing to keep the want in: it ends at the first [`DataService::lapse`] from
    /// `until` on. Wanting the same again puts that off.
    pub fn want_until(&self, key: &ResultKey, extractor: Extractor, until: Instant) {
        let want = self.want(key, extractor);
        let mut lapsing = self.lapsing();
        let known = lapsing.insert((key.clone(), want.span_ns), (until, want));
        let next = || lapsing.iter().min_by_key(|(_, (until, _))| *until);
        let surplus = (lapsing.len() > MAX_LAPSING)
            .then(|| next().map(|(id, _)| id.clone()))
            .flatten();
        let given_up = surplus.and_then(|id| lapsing.remove(&id));
        drop(lapsing);
        // What they free is freed without the lock.
        drop((known, given_up));
    }

    /// Ends the wants whose time has come.
    pub fn lapse(&self, now: Instant) {
        let over: Lapsing = self
            .lapsing()
            .extract_if(.., |_, (until, _)| *until <= now)
            .collect();
        drop(over);
    }

    fn lapsing(&self) -> MutexGuard<'_, Lapsing> {
        // The map stays whole whatever panics around it.
        self.lapsing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Keeps as much history of a key as is wanted, and no more.
    fn meet(&mut self, key: &ResultKey) {
        let longest_ns = self.wants.longest_ns(key);
        if let Some(buffer) = self.buffers.get_mut(key) {
            buffer.require(longest_ns);
        }
    }
}

impl Drop for Want {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        state.wants.remove(&self.key, self.span_ns);
        state.meet(&self.key);
    }
}
