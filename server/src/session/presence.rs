//! Who else is there, told at most once a second.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use shared::id::SessionId;
use shared::presence::Presence;
use tokio::sync::watch;
use tokio::time::{self, Instant};

use super::SessionRegistry;

/// What changes more often is told together.
const PERIOD: Duration = Duration::from_secs(1);

/// What some sessions are told about the others.
#[derive(Debug)]
pub struct PresenceWatch {
    registry: Arc<SessionRegistry>,
    sessions: Vec<SessionId>,
    changes: watch::Receiver<u64>,
    told: BTreeMap<SessionId, Presence>,
    /// When it may be told anew.
    due: Instant,
}

impl PresenceWatch {
    /// For the sessions of one wake.
    pub fn new(registry: Arc<SessionRegistry>, sessions: Vec<SessionId>) -> Self {
        let mut changes = registry.watch_presence();
        changes.mark_changed();
        Self {
            registry,
            sessions,
            changes,
            told: BTreeMap::new(),
            due: Instant::now(),
        }
    }

    /// Who is there now, or was a moment ago; those who are alone are left out.
    pub fn current(&mut self) -> &BTreeMap<SessionId, Presence> {
        let now = Instant::now();
        if now >= self.due && self.changes.has_changed().unwrap_or_default() {
            self.changes.mark_unchanged();
            self.due = now + PERIOD;
            let told = self
                .sessions
                .iter()
                .map(|id| (*id, self.registry.presence_of(*id)));
            self.told = told.filter(|(_, it)| !it.is_alone()).collect();
        }
        &self.told
    }

    /// Waits until there is something new that may be told. May be given up and begun again.
    pub async fn changed(&mut self) {
        if !self.changes.has_changed().unwrap_or_default() {
            if self.changes.changed().await.is_err() {
                return std::future::pending().await;
            }
            // What has not been told yet must not be forgotten when somebody stops waiting here.
            self.changes.mark_changed();
        }
        time::sleep_until(self.due).await;
    }
}
