//! How the pages of one browser share one wake stream: one holds it, the others listen to the holder.
//!
//! Pure: the driver passes in milliseconds of any steady clock and carries out the actions. Browsers allow six
//! connections per host over HTTP/1.1, so that a stream per page would starve the calls of the seventh.

use std::collections::BTreeMap;

use shared::id::SessionId;
use shared::sync::message::Wake;

use super::relay::{Relay, ShareAction};

/// One page's part in sharing.
#[derive(Debug)]
pub(crate) struct WakeShare {
    own: SessionId,
    joined: bool,
    /// Set while this page holds the stream.
    held: Option<Held>,
    said_ms: f64,
}

#[derive(Debug, Default)]
struct Held {
    /// The other sessions that want wakes, and when they last said so.
    members: BTreeMap<SessionId, f64>,
    last: Option<Wake>,
}

/// How often a listening page repeats that it wants wakes.
const REPEAT_MS: f64 = 15_000.0;
/// A page that was silent for longer is taken for gone.
const GONE_AFTER_MS: f64 = 50_000.0;

impl WakeShare {
    /// A page that wants no wakes yet.
    pub(crate) fn new(own: SessionId) -> Self {
        Self {
            own,
            joined: false,
            held: None,
            said_ms: 0.0,
        }
    }

    /// This page wants wakes, or wants the stream opened again.
    pub(crate) fn handle_join(&mut self, now_ms: f64) -> Vec<ShareAction> {
        self.joined = true;
        if self.held.is_some() {
            return vec![self.open()];
        }
        self.said_ms = now_ms;
        vec![
            ShareAction::RequestLock,
            ShareAction::Send(Relay::Join(self.own)),
        ]
    }

    /// This page wants no more wakes.
    pub(crate) fn handle_leave(&mut self) -> Vec<ShareAction> {
        self.joined = false;
        let mut actions = vec![
            ShareAction::ReleaseLock,
            ShareAction::Send(Relay::Leave(self.own)),
        ];
        if self.held.take().is_some() {
            actions.insert(0, ShareAction::CloseStream);
        }
        actions
    }

    /// This page became the holder.
    pub(crate) fn handle_lock(&mut self) -> Vec<ShareAction> {
        if !self.joined {
            return vec![ShareAction::ReleaseLock];
        }
        self.held = Some(Held::default());
        vec![self.open(), ShareAction::Send(Relay::WhoIsThere)]
    }

    /// The stream said something.
    pub(crate) fn handle_wake(&mut self, wake: Wake) -> Vec<ShareAction> {
        let Some(held) = &mut self.held else {
            return Vec::new();
        };
        held.last = Some(wake.clone());
        vec![
            ShareAction::Woken(wake.clone()),
            ShareAction::Send(Relay::Wake(wake)),
        ]
    }

    /// The stream broke.
    pub(crate) fn handle_lost(&mut self) -> Vec<ShareAction> {
        if self.held.is_none() {
            return Vec::new();
        }
        vec![
            ShareAction::CloseStream,
            ShareAction::Send(Relay::Lost),
            ShareAction::Lost,
        ]
    }

    /// Another page said something.
    pub(crate) fn handle_relay(&mut self, message: Relay, now_ms: f64) -> Vec<ShareAction> {
        match (message, &mut self.held) {
            (Relay::Join(session), Some(held)) => {
                let known = held.members.insert(session, now_ms).is_some();
                match &held.last {
                    Some(wake) if known => vec![ShareAction::Send(Relay::Wake(wake.clone()))],
                    _ => vec![self.open()],
                }
            }
            (Relay::Leave(session), Some(held)) => match held.members.remove(&session) {
                Some(_) => vec![self.open()],
                None => Vec::new(),
            },
            (Relay::WhoIsThere, None) if self.joined => {
                self.said_ms = now_ms;
                vec![ShareAction::Send(Relay::Join(self.own))]
            }
            (Relay::Wake(wake), None) if self.joined => vec![ShareAction::Woken(wake)],
            (Relay::Lost, None) if self.joined => vec![ShareAction::Lost],
            _ => Vec::new(),
        }
    }

    /// What time alone asks for.
    pub(crate) fn poll(&mut self, now_ms: f64) -> Vec<ShareAction> {
        match &mut self.held {
            Some(held) => {
                let count = held.members.len();
                held.members
                    .retain(|_, heard_ms| now_ms - *heard_ms < GONE_AFTER_MS);
                if held.members.len() == count {
                    Vec::new()
                } else {
                    vec![self.open()]
                }
            }
            None if self.joined && now_ms - self.said_ms >= REPEAT_MS => {
                self.said_ms = now_ms;
                vec![ShareAction::Send(Relay::Join(self.own))]
            }
            None => Vec::new(),
        }
    }

    fn open(&self) -> ShareAction {
        let members = self
            .held
            .iter()
            .flat_map(|held| held.members.keys().copied());
        ShareAction::OpenStream(std::iter::once(self.own).chain(members).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::version::{Epoch, Revision};

    fn session(name: &str) -> SessionId {
        SessionId::derived(name)
    }

    fn wake(revision: u64) -> Wake {
        Wake {
            epoch: Epoch::random(),
            revision: Revision(revision),
            sessions: BTreeMap::new(),
        }
    }

    /// A page that holds the stream, and one that listens.
    fn pair() -> (WakeShare, WakeShare) {
        let mut holder = WakeShare::new(session("a"));
        holder.handle_join(0.0);
        holder.handle_lock();
        let mut listener = WakeShare::new(session("b"));
        listener.handle_join(0.0);
        holder.handle_relay(Relay::Join(session("b")), 0.0);
        (holder, listener)
    }

    #[test]
    fn the_holder_opens_one_stream_for_everybody() {
        let mut share = WakeShare::new(session("a"));
        assert_eq!(share.handle_join(0.0)[0], ShareAction::RequestLock);
        let opened = share.handle_lock();
        assert_eq!(opened[0], ShareAction::OpenStream(vec![session("a")]));
        assert_eq!(opened[1], ShareAction::Send(Relay::WhoIsThere));
        assert_eq!(
            share.handle_relay(Relay::Join(session("b")), 1.0),
            [ShareAction::OpenStream(vec![session("a"), session("b")])]
        );
        assert_eq!(
            share.handle_relay(Relay::Leave(session("b")), 2.0),
            [ShareAction::OpenStream(vec![session("a")])]
        );
    }

    #[test]
    fn a_wake_reaches_every_page_once() {
        let (mut holder, mut listener) = pair();
        let wake = wake(7);
        let told = holder.handle_wake(wake.clone());
        assert_eq!(told[0], ShareAction::Woken(wake.clone()));
        let ShareAction::Send(message) = told[1].clone() else {
            panic!("the holder tells the others")
        };
        assert_eq!(
            listener.handle_relay(message.clone(), 1.0),
            [ShareAction::Woken(wake)]
        );
        assert_eq!(holder.handle_relay(message, 1.0), []);
    }

    #[test]
    fn a_page_that_joins_again_hears_the_last_wake_at_once() {
        let (mut holder, _) = pair();
        let wake = wake(7);
        holder.handle_wake(wake.clone());
        assert_eq!(
            holder.handle_relay(Relay::Join(session("b")), 1.0),
            [ShareAction::Send(Relay::Wake(wake))]
        );
    }

    #[test]
    fn a_page_that_vanished_leaves_the_stream() {
        let (mut holder, mut listener) = pair();
        assert_eq!(listener.poll(14_000.0), []);
        assert_eq!(
            listener.poll(16_000.0),
            [ShareAction::Send(Relay::Join(session("b")))]
        );
        assert_eq!(holder.poll(49_000.0), []);
        assert_eq!(
            holder.poll(51_000.0),
            [ShareAction::OpenStream(vec![session("a")])]
        );
    }

    #[test]
    fn a_page_that_sleeps_hears_nothing_and_holds_nothing() {
        let (mut holder, mut listener) = pair();
        assert_eq!(listener.handle_leave()[0], ShareAction::ReleaseLock);
        assert_eq!(listener.handle_relay(Relay::Wake(wake(8)), 1.0), []);
        assert_eq!(holder.handle_leave()[0], ShareAction::CloseStream);
        assert_eq!(holder.handle_wake(wake(9)), []);
        assert_eq!(holder.handle_lock(), [ShareAction::ReleaseLock]);
    }

    #[test]
    fn everybody_hears_that_the_stream_broke() {
        let (mut holder, mut listener) = pair();
        assert_eq!(holder.handle_lost().last(), Some(&ShareAction::Lost));
        assert_eq!(listener.handle_relay(Relay::Lost, 1.0), [ShareAction::Lost]);
        assert_eq!(
            holder.handle_join(2.0),
            [ShareAction::OpenStream(vec![session("a"), session("b")])]
        );
    }
}
