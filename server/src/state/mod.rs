//! The committer: the one writer of the shared state.
//!
//! Writers hand it a transaction; it publishes the next immutable state and announces its stamp. Readers take
//! the newest state without waiting for anybody. It knows nothing of what the objects mean.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::{Mutex, PoisonError};

use arc_swap::ArcSwap;
use shared::sync::state::{Limits, SharedState, Transaction};
use shared::version::Stamp;
use tokio::sync::watch;

use crate::clock::Clock;

/// Publishes one immutable state after the other.
#[derive(Debug)]
pub struct Committer {
    state: ArcSwap<SharedState>,
    writing: Mutex<()>,
    announced: watch::Sender<Stamp>,
    limits: Limits,
    clock: Clock,
}

impl Committer {
    /// Starts from `state`.
    pub fn new(state: SharedState, limits: Limits, clock: Clock) -> Self {
        Self {
            announced: watch::Sender::new(state.stamp()),
            state: ArcSwap::from_pointee(state),
            writing: Mutex::new(()),
            limits,
            clock,
        }
    }

    /// The newest state.
    pub fn read(&self) -> Arc<SharedState> {
        self.state.load_full()
    }

    /// Announces every new stamp, the newest only to those who come late.
    pub fn watch(&self) -> watch::Receiver<Stamp> {
        self.announced.subscribe()
    }

    /// Commits what `build` decides on seeing the newest state, which no other writer changes meanwhile.
    /// `build` must be short: it must not compute, encode or wait.
    pub fn try_commit<E>(
        &self,
        build: impl FnOnce(&SharedState) -> Result<Transaction, E>,
    ) -> Result<Stamp, E> {
        // A writer that panicked has published nothing, so there is nothing to repair.
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = SharedState::clone(&self.state.load());
        let transaction = build(&next)?;
        let now = self.clock.now();
        let changed = next.commit(transaction, now, self.limits);
        let stamp = next.stamp();
        self.state.store(Arc::new(next));
        if changed {
            tracing::trace!(revision = stamp.revision.0, time_ns = now.0, "published");
            self.announced.send_replace(stamp);
        }
        Ok(stamp)
    }

    /// Commits what cannot be refused.
    pub fn commit(&self, build: impl FnOnce(&SharedState) -> Transaction) -> Stamp {
        match self.try_commit(|state| Ok::<_, Infallible>(build(state))) {
            Ok(stamp) => stamp,
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::notification::Severity;
    use shared::version::{Epoch, Revision};

    use super::*;

    fn committer() -> Committer {
        let state = SharedState::new(Epoch::random(), 0);
        Committer::new(state, Limits::default(), Clock::system())
    }

    #[test]
    fn an_empty_transaction_wakes_nobody() {
        let committer = committer();
        let mut watch = committer.watch();
        committer.commit(|_| Transaction::new());
        assert!(!watch.has_changed().unwrap());
        let stamp = committer.commit(|_| {
            let mut transaction = Transaction::new();
            transaction.notify(Severity::Info, "hello");
            transaction
        });
        assert_eq!(stamp.revision, Revision(1));
        assert_eq!(*watch.borrow_and_update(), stamp);
    }

    #[test]
    fn a_refused_transaction_changes_nothing() {
        let committer = committer();
        let before = committer.read().stamp();
        assert_eq!(committer.try_commit(|_| Err("no")), Err("no"));
        assert_eq!(committer.read().stamp(), before);
    }
}
