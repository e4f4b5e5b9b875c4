//! Who looks at what: a lease per session, and nothing that grows with what it sees.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use shared::id::{GridId, SessionId};

/// How long a session is taken to look on after its wake closed or its last call, whichever is later.
pub const LEASE: Duration = Duration::from_secs(15);

/// The sessions that are looking.
#[derive(Debug, Default)]
pub struct SessionRegistry {
    sessions: Mutex<BTreeMap<SessionId, Session>>,
}

#[derive(Debug)]
struct Session {
    grid: Option<GridId>,
    open_wakes: u32,
    last_seen: Instant,
}

impl Session {
    fn is_looking(&self, now: Instant) -> bool {
        self.open_wakes > 0 || now < self.last_seen + LEASE
    }
}

impl SessionRegistry {
    /// A call: the session looks at `grid` from now on. True when nobody looked at it before.
    pub fn handle_sync(&self, id: SessionId, grid: Option<GridId>, now: Instant) -> bool {
        let mut sessions = self.lock();
        let viewed_before = grid.is_none()
            || sessions
                .values()
                .any(|session| session.grid == grid && session.is_looking(now));
        let session = entry(&mut sessions, id, now);
        session.grid = grid;
        session.last_seen = now;
        !viewed_before
    }

    /// A wake stream for the session was opened.
    pub fn handle_wake_opened(&self, id: SessionId, now: Instant) {
        entry(&mut self.lock(), id, now).open_wakes += 1;
    }

    /// A wake stream for the session was closed.
    pub fn handle_wake_closed(&self, id: SessionId, now: Instant) {
        if let Some(session) = self.lock().get_mut(&id) {
            session.open_wakes = session.open_wakes.saturating_sub(1);
            session.last_seen = now;
        }
    }

    /// The session is over, without a lease.
    pub fn handle_closed(&self, id: SessionId) {
        self.lock().remove(&id);
    }

    /// The grid that the session looks at.
    pub fn grid_of(&self, id: SessionId) -> Option<GridId> {
        self.lock().get(&id)?.grid
    }

    /// The grids that somebody looks at. Sessions whose lease has run out are forgotten.
    pub fn viewed_grids(&self, now: Instant) -> BTreeSet<GridId> {
        let mut sessions = self.lock();
        sessions.retain(|_, session| session.is_looking(now));
        sessions
            .values()
            .filter_map(|session| session.grid)
            .collect()
    }

    /// How many sessions are looking.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// True when nobody is looking.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<SessionId, Session>> {
        // Every change is one assignment, so a panic elsewhere leaves nothing half done.
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn entry(sessions: &mut BTreeMap<SessionId, Session>, id: SessionId, now: Instant) -> &mut Session {
    sessions.entry(id).or_insert(Session {
        grid: None,
        open_wakes: 0,
        last_seen: now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_is_viewed_until_the_lease_of_its_last_session_ends() {
        let registry = SessionRegistry::default();
        let (id, grid, start) = (SessionId::random(), GridId::random(), Instant::now());
        assert!(registry.handle_sync(id, Some(grid), start));
        assert!(!registry.handle_sync(SessionId::random(), Some(grid), start));
        registry.handle_wake_opened(id, start);
        let later = start + Duration::from_mins(1);
        assert_eq!(registry.viewed_grids(later), BTreeSet::from([grid]));
        registry.handle_wake_closed(id, later);
        assert_eq!(
            registry.viewed_grids(later + Duration::from_secs(14)).len(),
            1
        );
        assert!(
            registry
                .viewed_grids(later + Duration::from_secs(15))
                .is_empty()
        );
        assert!(registry.is_empty(), "expired sessions are forgotten");
    }
}
