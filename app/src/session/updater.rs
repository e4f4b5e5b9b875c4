//! Carries out what the state machines ask for, and turns answers into signals.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{GridId, SessionId};
use shared::presence::Presence;
use shared::sync::client::{CallNumber, SyncClient, Undecodable};
use shared::sync::codec::decode_packet;
use shared::sync::message::{SyncRequest, Wake};
use shared::sync::session::{Action, ClientSession, Connection as Claim};
use shared::version::Stamp;

use super::identity;
use super::name::own_name;
use super::relay::{Relay, ShareAction};
use super::server_clock::ServerClock;
use super::wake_share::WakeShare;
use crate::browser::broadcast::Channel;
use crate::browser::event_source::EventStream;
use crate::browser::fetch::{self, Aborter, FetchError};
use crate::browser::visibility::{self, Sight};
use crate::browser::{clock, stop, timer};
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
    calls: RefCell<BTreeMap<CallNumber, Aborter>>,
    clock: Cell<ServerClock>,
}

/// How often the machines are asked what time alone asks for.
const POLL_MS: u32 = 250;
const RELAY_CHANNEL: &str = "beamdeck-wake";

impl SessionUpdater {
    /// Starts the session of a page that was rendered from `snapshot` and shows `grid` at first.
    pub(crate) fn start(live: Live, snapshot: Snapshot, grid: Option<GridId>) -> Self {
        let own = identity::take();
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
            Inner {
                live,
                own,
                share: RefCell::new(WakeShare::new(own)),
                // Without a channel every page hears of no other, and holds a stream of its own.
                channel: Channel::open(RELAY_CHANNEL, on_message),
                stream: RefCell::default(),
                calls: RefCell::default(),
                clock: Cell::new(clock),
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
        let pictures = &self.0.live.pictures;
        match sight {
            Sight::Hidden => {
                pictures.with(|it| it.handle_hidden(now_ms));
            }
            Sight::Seen => {
                pictures.with(|it| it.handle_visible(now_ms));
            }
            Sight::Leaving => {
                identity::put_back(self.0.own);
                if !stop::is_stopped() {
                    self.leave_wake();
                    self.on_lost();
                }
                // Nothing is computed any more for whom nobody sees; a page that comes back calls first.
                fetch::send_beacon(&format!("/api/v1/sessions/{}/end", self.0.own));
                return;
            }
            Sight::Restored => return identity::take_again(),
        }
        self.pump();
    }

    /// Asks the machines what is to be done, does it, and says how the page stands.
    fn pump(&self) {
        if stop::is_stopped() {
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
            Action::CloseWake => self.leave_wake(),
            Action::Call(number, request) => self.call(number, request),
            Action::Abort(number) => {
                if let Some(aborter) = self.0.calls.borrow_mut().remove(&number) {
                    aborter.abort();
                }
            }
        }
    }

    fn call(&self, number: CallNumber, mut request: SyncRequest) {
        request.name = Some(own_name());
        let aborter = Aborter::new();
        let signal = aborter.signal();
        self.0.calls.borrow_mut().insert(number, aborter);
        let body = serde_json::to_string(&request).expect("a request has string keys only");
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
        if stop::is_stopped() {
            return;
        }
        let now_ms = clock::steady_ms();
        let decoded = match answer {
            Ok(bytes) => match decode_packet(&bytes) {
                Ok(decoded) => decoded,
                Err(_) => return self.on_undecodable(number, now_ms),
            },
            Err(error) if error.is_outdated() => return self.on_outdated(),
            Err(_) => {
                let random = clock::random();
                self.0
                    .live
                    .pictures
                    .with(|it| it.handle_failure(number, now_ms, random));
                return self.pump();
            }
        };
        let server_time = decoded.answer.server_time;
        let reading = ServerClock::new(server_time, now_ms);
        let live = &self.0.live;
        let applied = live.pictures.with(|session| {
            let applied = session.handle_answer(number, decoded, now_ms)?;
            live.apply(session.client().mirror(), &applied, server_time);
            Some(applied)
        });
        if let Some(applied) = applied.flatten() {
            self.0.clock.set(reading);
            if !applied.notices.is_empty() || applied.notices_missed > 0 {
                let now = reading.at(now_ms);
                live.toasts
                    .update(|it| it.add(applied.notices, applied.notices_missed, now));
            }
        }
        self.pump();
    }

    fn on_undecodable(&self, number: CallNumber, now_ms: f64) {
        let random = clock::random();
        let pictures = &self.0.live.pictures;
        let verdict = pictures.with(|it| it.handle_undecodable(number, now_ms, random));
        if verdict == Some(Undecodable::Outdated) {
            return self.on_outdated();
        }
        self.pump();
    }

    /// The server speaks another protocol: nothing but a reload helps, and other pages may.
    fn on_outdated(&self) {
        self.0.live.connection.set(Connection::Outdated);
        self.leave_wake();
        stop::stop();
    }

    fn leave_wake(&self) {
        let actions = self.0.share.borrow_mut().handle_leave();
        self.share_out(actions);
    }

    /// Carries out what sharing the wake asks for.
    fn share_out(&self, actions: Vec<ShareAction>) {
        for action in actions {
            match action {
                ShareAction::OpenStream(sessions) => self.open_stream(&sessions),
                ShareAction::CloseStream => drop(self.0.stream.borrow_mut().take()),
                ShareAction::Send(message) => self.send(&message),
                ShareAction::Woken(wake) => self.on_wake(&wake),
                ShareAction::Lost => self.on_lost(),
            }
        }
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
        self.tell_presence(wake.presence.get(&self.0.own).cloned().unwrap_or_default());
        let stamp = Stamp {
            epoch: wake.epoch,
            revision: *revision,
        };
        self.0
            .live
            .pictures
            .with(|it| it.handle_wake(stamp, clock::steady_ms()));
    }

    fn tell_presence(&self, presence: Presence) {
        let held = &self.0.live.presence;
        if held.with_untracked(|it| *it != presence) {
            held.set(presence);
        }
    }

    fn on_lost(&self) {
        self.tell_presence(Presence::default());
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
            if live.toasts.with_untracked(|it| it.has_read(now)) {
                live.toasts.update(|it| it.expire(now));
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

impl fmt::Debug for SessionUpdater {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionUpdater")
    }
}
