//! Carries out what the state machines ask for, and turns answers into signals.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{GridId, SessionId};
use shared::sync::client::{CallNumber, SyncClient, Undecodable};
use shared::sync::codec::decode_packet;
use shared::sync::message::{SyncRequest, Wake};
use shared::sync::mirror::{Applied, Mirror};
use shared::sync::session::{Action, ClientSession, Connection as Claim};
use shared::version::Stamp;

use super::identity;
use super::relay::{Relay, ShareAction};
use super::server_clock::ServerClock;
use super::toasts;
use super::wake_share::WakeShare;
use crate::browser::broadcast::Channel;
use crate::browser::event_source::EventStream;
use crate::browser::fetch::{self, Aborter, FetchError};
use crate::browser::locks::{self, Lock, LockRequest};
use crate::browser::visibility::{self, Sight};
use crate::browser::{clock, timer};
use crate::live::{Connection, Live};
use crate::snapshot::Snapshot;

/// The page's session at work; cheap to clone.
#[derive(Clone)]
pub(crate) struct SessionUpdater(Rc<Inner>);

struct Inner {
    live: Live,
    own: SessionId,
    share: RefCell<WakeShare>,
    channel: Option<Channel>,
    stream: RefCell<Option<EventStream>>,
    lock: RefCell<Option<LockRequest>>,
    calls: RefCell<BTreeMap<CallNumber, Aborter>>,
    clock: Cell<ServerClock>,
    /// Keeps a duplicated tab from taking this page's name.
    _identity: Option<Lock>,
}

/// How often the machines are asked what time alone asks for.
const POLL_MS: u32 = 250;
const RELAY_CHANNEL: &str = "beamdeck-wake";
const RELAY_LOCK: &str = "beamdeck-wake";

impl SessionUpdater {
    /// Starts the session of a page that was rendered from `snapshot` and shows `grid` at first.
    pub(crate) async fn start(live: Live, snapshot: Snapshot, grid: Option<GridId>) -> Self {
        let (own, identity) = identity::claim().await;
        let now_ms = clock::steady_ms();
        let client = SyncClient::new(own, snapshot.mirror(), grid);
        live.pictures.start(ClientSession::new(client, now_ms));
        let clock = ServerClock::new(snapshot.answer.server_time, now_ms);
        let updater = Self(Rc::new_cyclic(|weak: &std::rc::Weak<Inner>| {
            let weak = weak.clone();
            let on_message = move |text: String| {
                if let (Some(inner), Ok(message)) = (weak.upgrade(), serde_json::from_str(&text)) {
                    Self(inner).on_relay(message);
                }
            };
            // Without locks nobody is elected: every page keeps its own stream and talks to none.
            let channel = locks::available().then(|| Channel::open(RELAY_CHANNEL, on_message));
            Inner {
                live,
                own,
                share: RefCell::new(WakeShare::new(own)),
                channel: channel.flatten(),
                stream: RefCell::default(),
                lock: RefCell::default(),
                calls: RefCell::default(),
                clock: Cell::new(clock),
                _identity: identity,
            }
        }));
        updater.listen();
        updater.pump();
        updater
    }

    /// Shows another grid.
    pub(crate) fn show(&self, grid: Option<GridId>) {
        let now_ms = clock::steady_ms();
        let action = self
            .0
            .live
            .pictures
            .with(|session| session.handle_grid(grid, now_ms));
        if let Some(action) = action.flatten() {
            self.carry_out(action);
        }
        self.pump();
    }

    fn listen(&self) {
        let updater = self.clone();
        timer::every(POLL_MS, move || updater.pump());
        let updater = self.clone();
        visibility::watch(move |sight| updater.on_sight(sight));
    }

    fn on_sight(&self, sight: Sight) {
        let now_ms = clock::steady_ms();
        if sight == Sight::Leaving {
            let actions = self.0.share.borrow_mut().handle_leave();
            self.share_out(actions);
            return self.on_lost();
        }
        self.0.live.pictures.with(|session| match sight {
            Sight::Hidden => session.handle_hidden(now_ms),
            Sight::Seen | Sight::Leaving => session.handle_visible(now_ms),
        });
        self.pump();
    }

    /// Asks the machines what is to be done, does it, and says how the page stands.
    fn pump(&self) {
        if self.0.live.connection.get_untracked() == Connection::Outdated {
            return;
        }
        let now_ms = clock::steady_ms();
        let shared = self.0.share.borrow_mut().poll(now_ms);
        self.share_out(shared);
        let actions = self
            .0
            .live
            .pictures
            .with(|it| it.poll(now_ms, clock::random()));
        for action in actions.unwrap_or_default() {
            self.carry_out(action);
        }
        self.tell_time(now_ms);
    }

    fn carry_out(&self, action: Action) {
        match action {
            Action::OpenWake => {
                let actions = self.0.share.borrow_mut().handle_join(clock::steady_ms());
                self.share_out(actions);
            }
            Action::CloseWake => {
                let actions = self.0.share.borrow_mut().handle_leave();
                self.share_out(actions);
            }
            Action::Call(number, request) => self.call(number, &request),
            Action::Abort(number) => {
                if let Some(aborter) = self.0.calls.borrow_mut().remove(&number) {
                    aborter.abort();
                }
            }
        }
    }

    fn call(&self, number: CallNumber, request: &SyncRequest) {
        let aborter = Aborter::new();
        let signal = aborter.signal();
        self.0.calls.borrow_mut().insert(number, aborter);
        let body = serde_json::to_string(request).expect("a request has string keys only");
        let updater = self.clone();
        spawn_local(async move {
            let pictures = updater.0.live.pictures.clone();
            let on_bytes = move || {
                pictures.with(|it| it.handle_bytes(number, clock::steady_ms()));
            };
            let answer = fetch::post_sync(&body, signal.as_ref(), on_bytes).await;
            updater.on_answer(number, answer);
        });
    }

    fn on_answer(&self, number: CallNumber, answer: Result<Vec<u8>, FetchError>) {
        self.0.calls.borrow_mut().remove(&number);
        let now_ms = clock::steady_ms();
        let decoded = match answer {
            Ok(bytes) => match decode_packet(&bytes) {
                Ok(decoded) => decoded,
                Err(_) => return self.on_undecodable(number, now_ms),
            },
            Err(error) => {
                if error.is_outdated() {
                    self.0.live.connection.set(Connection::Outdated);
                }
                let random = clock::random();
                self.0
                    .live
                    .pictures
                    .with(|it| it.handle_failure(number, now_ms, random));
                return self.pump();
            }
        };
        let reading = ServerClock::new(decoded.answer.server_time, now_ms);
        let live = &self.0.live;
        let applied = live.pictures.with(|session| {
            let applied = session.handle_answer(number, decoded, now_ms)?;
            publish(live, session.client().mirror(), &applied);
            Some(applied)
        });
        if let Some(applied) = applied.flatten() {
            self.0.clock.set(reading);
            live.now.set(reading.at(now_ms));
            if !applied.notices.is_empty() {
                live.toasts
                    .update(|shown| toasts::add(shown, applied.notices));
            }
        }
        self.pump();
    }

    fn on_undecodable(&self, number: CallNumber, now_ms: f64) {
        let random = clock::random();
        let pictures = &self.0.live.pictures;
        let verdict = pictures.with(|it| it.handle_undecodable(number, now_ms, random));
        if verdict == Some(Undecodable::Outdated) {
            self.0.live.connection.set(Connection::Outdated);
        }
        self.pump();
    }

    /// Carries out what sharing the wake asks for.
    fn share_out(&self, actions: Vec<ShareAction>) {
        for action in actions {
            match action {
                ShareAction::RequestLock => self.request_lock(),
                ShareAction::ReleaseLock => drop(self.0.lock.borrow_mut().take()),
                ShareAction::OpenStream(sessions) => self.open_stream(&sessions),
                ShareAction::CloseStream => drop(self.0.stream.borrow_mut().take()),
                ShareAction::Send(message) => self.send(&message),
                ShareAction::Woken(wake) => self.on_wake(&wake),
                ShareAction::Lost => self.on_lost(),
            }
        }
    }

    fn request_lock(&self) {
        if self.0.lock.borrow().is_some() {
            return;
        }
        let updater = self.clone();
        let request = LockRequest::queue(RELAY_LOCK, move || {
            let actions = updater.0.share.borrow_mut().handle_lock();
            updater.share_out(actions);
        });
        *self.0.lock.borrow_mut() = Some(request);
    }

    fn open_stream(&self, sessions: &[SessionId]) {
        let mut address = "/api/v1/wake".to_owned();
        for (index, session) in sessions.iter().enumerate() {
            let separator = if index == 0 { '?' } else { '&' };
            write!(address, "{separator}session={session}")
                .expect("writing to a string cannot fail");
        }
        let (on_message, on_lost) = (self.clone(), self.clone());
        let stream = EventStream::open(
            &address,
            move |text| {
                if let Ok(wake) = serde_json::from_str(&text) {
                    let actions = on_message.0.share.borrow_mut().handle_wake(wake);
                    on_message.share_out(actions);
                    on_message.pump();
                }
            },
            move || {
                let actions = on_lost.0.share.borrow_mut().handle_lost();
                on_lost.share_out(actions);
                on_lost.pump();
            },
        );
        *self.0.stream.borrow_mut() = stream;
    }

    fn send(&self, message: &Relay) {
        if let Some(channel) = &self.0.channel {
            let text = serde_json::to_string(message).expect("a message has string keys only");
            channel.send(&text);
        }
    }

    fn on_relay(&self, message: Relay) {
        let now_ms = clock::steady_ms();
        let actions = self.0.share.borrow_mut().handle_relay(message, now_ms);
        self.share_out(actions);
        self.pump();
    }

    fn on_wake(&self, wake: &Wake) {
        let Some(revision) = wake.sessions.get(&self.0.own) else {
            return;
        };
        let stamp = Stamp {
            epoch: wake.epoch,
            revision: *revision,
        };
        self.0
            .live
            .pictures
            .with(|it| it.handle_wake(stamp, clock::steady_ms()));
    }

    fn on_lost(&self) {
        let (now_ms, random) = (clock::steady_ms(), clock::random());
        self.0
            .live
            .pictures
            .with(|it| it.handle_wake_lost(now_ms, random));
    }

    /// Advances the page's clock once a second, and says how the page stands to the server.
    fn tell_time(&self, now_ms: f64) {
        let live = &self.0.live;
        let now = self.0.clock.get().at(now_ms);
        if now.since(live.now.get_untracked()).abs() >= 1_000_000_000 {
            live.now.set(now);
            if live
                .toasts
                .with_untracked(|it| it.iter().any(|it| toasts::is_over(it, now.0)))
            {
                live.toasts
                    .update(|it| it.retain(|event| !toasts::is_over(event, now.0)));
            }
        }
        let held = live.connection.get_untracked();
        let claim = live
            .pictures
            .with(|it| (it.connection(now_ms), it.last_heard_ms()));
        let Some((claim, heard_ms)) = claim else {
            return;
        };
        let connection = match claim {
            Claim::Live => Connection::Live,
            // The first seconds are no trouble worth a word.
            Claim::Reconnecting if held == Connection::Connecting => held,
            Claim::Reconnecting => Connection::Reconnecting,
            Claim::Offline => Connection::Offline {
                since: self.0.clock.get().at(heard_ms),
            },
        };
        if held != connection {
            live.connection.set(connection);
        }
    }
}

/// Tells the signals of everything that an answer changed.
fn publish(live: &Live, mirror: &Mirror, applied: &Applied) {
    for id in &applied.objects {
        match mirror.object(id) {
            Some(object) => live.put(object),
            None => live.remove(id),
        }
    }
    if !applied.objects.is_empty() {
        live.arrange(mirror.objects().map(|(_, _, object)| &**object));
    }
    for layer in &applied.layers {
        live.show(*layer, mirror.frame(*layer));
    }
}

impl fmt::Debug for SessionUpdater {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionUpdater")
    }
}
