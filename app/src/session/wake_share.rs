//! How the pages of one browser share one wake stream: one holds it, the others listen to the holder.
//!
//! Pure: the driver passes in milliseconds of any steady clock and carries out the actions. Browsers allow six
//! connections per host over HTTP/1.1, so that a stream per page would starve the calls of the seventh.
//!
//! The stream is held on a lease: the holder says so every second, and whoever hears nothing for the length of the
//! lease takes over. Two holders are harmless for the moment until they hear of each other; then the one with the
//! smaller id stays. Nothing but messages between pages is needed, so that it works without TLS too.

use std::collections::BTreeMap;

use shared::id::SessionId;
use shared::sync::message::Wake;

use super::relay::{Relay, ShareAction};

/// One page's part in sharing.
#[derive(Debug)]
pub(crate) struct WakeShare {
    own: SessionId,
    role: Role,
    /// The other sessions that want wakes, and when they last said so. Everybody keeps count, so that whoever takes
    /// over opens one stream for all.
    members: BTreeMap<SessionId, f64>,
    /// When this page last said what it is.
    said_ms: f64,
}

#[derive(Debug)]
enum Role {
    /// Wants no wakes.
    Apart,
    /// Hears of wakes from the holder, and takes over unless it hears from one in time.
    Listening {
        holder: Option<SessionId>,
        take_over_ms: f64,
    },
    /// Holds the stream.
    Holding {
        is_open: bool,
        /// The newest wake of the stream that is open.
        last: Option<Wake>,
    },
}

/// A holder answers a page that joins within this.
const ANSWER_MS: f64 = 100.0;
/// How often the holder says that it is there.
const BEAT_MS: f64 = 1_000.0;
/// A holder that was silent for so long has lost the stream. Pages in the background run once a second, and the
/// silence of a wake becomes trouble after 5 s.
const LEASE_MS: f64 = 3_300.0;
/// The listeners take over one after the other within this, so that the first can tell the others.
const SPREAD_MS: f64 = 600.0;
/// How often a listening page repeats that it wants wakes.
const REPEAT_MS: f64 = 15_000.0;
/// A page that was silent for longer is taken for gone.
const GONE_AFTER_MS: f64 = 50_000.0;

impl WakeShare {
    /// A page that wants no wakes yet.
    pub(crate) fn new(own: SessionId) -> Self {
        Self {
            own,
            role: Role::Apart,
            members: BTreeMap::new(),
            said_ms: 0.0,
        }
    }

    /// This page wants wakes, or wants the stream opened again.
    pub(crate) fn handle_join(&mut self, now_ms: f64) -> Vec<ShareAction> {
        match self.role {
            Role::Holding { .. } => return vec![self.open()],
            Role::Listening { .. } => {}
            Role::Apart => {
                self.role = Role::Listening {
                    holder: None,
                    take_over_ms: now_ms + ANSWER_MS,
                };
            }
        }
        vec![self.say_join(now_ms)]
    }

    /// This page wants no more wakes.
    pub(crate) fn handle_leave(&mut self) -> Vec<ShareAction> {
        let leave = ShareAction::Send(Relay::Leave(self.own));
        match std::mem::replace(&mut self.role, Role::Apart) {
            Role::Holding { .. } => vec![ShareAction::CloseStream, leave],
            Role::Listening { .. } => vec![leave],
            Role::Apart => Vec::new(),
        }
    }

    /// The stream said something.
    pub(crate) fn handle_wake(&mut self, wake: Wake) -> Vec<ShareAction> {
        let Role::Holding { last, .. } = &mut self.role else {
            return Vec::new();
        };
        *last = Some(wake.clone());
        vec![
            ShareAction::Woken(wake.clone()),
            ShareAction::Send(Relay::Wake(wake)),
        ]
    }

    /// The stream broke.
    pub(crate) fn handle_lost(&mut self) -> Vec<ShareAction> {
        let Role::Holding { is_open, last } = &mut self.role else {
            return Vec::new();
        };
        *is_open = false;
        // Whoever joins now must not take an old wake for a sign of life.
        *last = None;
        vec![
            ShareAction::CloseStream,
            ShareAction::Send(Relay::Lost),
            ShareAction::Lost,
        ]
    }

    /// Another page said something.
    pub(crate) fn handle_relay(&mut self, message: Relay, now_ms: f64) -> Vec<ShareAction> {
        match message {
            Relay::Join(session) => self.on_join(session, now_ms),
            Relay::Leave(session) => self.on_leave(session, now_ms),
            Relay::Hold(session) => self.on_hold(session, now_ms),
            Relay::Wake(wake) => self.on_sign(now_ms, ShareAction::Woken(wake)),
            Relay::Lost => self.on_sign(now_ms, ShareAction::Lost),
        }
    }

    fn on_join(&mut self, session: SessionId, now_ms: f64) -> Vec<ShareAction> {
        let is_known = self.members.insert(session, now_ms).is_some();
        let Role::Holding { is_open, last } = &self.role else {
            return Vec::new();
        };
        let (is_open, last) = (*is_open, last.clone());
        let hold = self.say_hold(now_ms);
        if !is_known || !is_open {
            return vec![hold, self.open()];
        }
        let again = last.map(|wake| ShareAction::Send(Relay::Wake(wake)));
        std::iter::once(hold).chain(again).collect()
    }

    fn on_leave(&mut self, session: SessionId, now_ms: f64) -> Vec<ShareAction> {
        let was_known = self.members.remove(&session).is_some();
        let turn_ms = now_ms + self.spread_ms();
        match &mut self.role {
            Role::Holding { is_open: true, .. } if was_known => vec![self.open()],
            Role::Listening {
                holder,
                take_over_ms,
            } if *holder == Some(session) => {
                *holder = None;
                *take_over_ms = turn_ms;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn on_hold(&mut self, other: SessionId, now_ms: f64) -> Vec<ShareAction> {
        let listening = Role::Listening {
            holder: Some(other),
            take_over_ms: now_ms + LEASE_MS + self.spread_ms(),
        };
        match &self.role {
            Role::Holding { .. } if other < self.own => {
                self.role = listening;
                vec![ShareAction::CloseStream, self.say_join(now_ms)]
            }
            Role::Holding { .. } if other > self.own => vec![self.say_hold(now_ms)],
            Role::Listening { holder, .. } => {
                let is_new = *holder != Some(other);
                self.role = listening;
                // A new holder may not know of this page.
                is_new.then(|| self.say_join(now_ms)).into_iter().collect()
            }
            Role::Holding { .. } | Role::Apart => Vec::new(),
        }
    }

    /// The holder is there, and tells something.
    fn on_sign(&mut self, now_ms: f64, action: ShareAction) -> Vec<ShareAction> {
        let lease_ms = now_ms + LEASE_MS + self.spread_ms();
        let Role::Listening { take_over_ms, .. } = &mut self.role else {
            return Vec::new();
        };
        *take_over_ms = take_over_ms.max(lease_ms);
        vec![action]
    }

    /// What time alone asks for.
    pub(crate) fn poll(&mut self, now_ms: f64) -> Vec<ShareAction> {
        let count = self.members.len();
        self.members
            .retain(|_, heard_ms| now_ms - *heard_ms < GONE_AFTER_MS);
        let is_fewer = self.members.len() < count;
        let since_said_ms = now_ms - self.said_ms;
        match self.role {
            Role::Listening { take_over_ms, .. } if now_ms >= take_over_ms => {
                self.role = Role::Holding {
                    is_open: false,
                    last: None,
                };
                vec![self.say_hold(now_ms), self.open()]
            }
            Role::Listening { .. } if since_said_ms >= REPEAT_MS => vec![self.say_join(now_ms)],
            Role::Holding { is_open: true, .. } if is_fewer => vec![self.open()],
            Role::Holding { .. } if since_said_ms >= BEAT_MS => vec![self.say_hold(now_ms)],
            _ => Vec::new(),
        }
    }

    fn open(&mut self) -> ShareAction {
        self.role = Role::Holding {
            is_open: true,
            last: None,
        };
        let members = self.members.keys().copied();
        ShareAction::OpenStream(std::iter::once(self.own).chain(members).collect())
    }

    fn say_join(&mut self, now_ms: f64) -> ShareAction {
        self.said_ms = now_ms;
        ShareAction::Send(Relay::Join(self.own))
    }

    fn say_hold(&mut self, now_ms: f64) -> ShareAction {
        self.said_ms = now_ms;
        ShareAction::Send(Relay::Hold(self.own))
    }

    /// This page's turn among those that could take over: different for each, the same every time.
    fn spread_ms(&self) -> f64 {
        let [.., a, b] = *self.own.0.as_bytes();
        f64::from(u16::from_be_bytes([a, b])) / f64::from(u16::MAX) * SPREAD_MS
    }
}

#[cfg(test)]
mod tests;
