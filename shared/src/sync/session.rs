//! A page's connection: when to listen for wakes, when to call, and what may be claimed about it.
//!
//! Pure: the driver passes in milliseconds of any steady clock and random numbers, and carries out the actions.

use super::client::{CallNumber, SyncClient, Undecodable};
use super::codec::DecodedAnswer;
use super::message::SyncRequest;
use super::mirror::Applied;
use crate::id::GridId;
use crate::version::Stamp;

/// What the page may claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Wakes arrive and the last call was answered.
    Live,
    /// Wakes are missing; calls are tried meanwhile.
    Reconnecting,
    /// No answer for ten seconds: what is shown is as of then.
    Offline,
}

/// What the driver must do.
#[derive(Debug)]
pub enum Action {
    /// Open the wake stream, closing any that is open.
    OpenWake,
    /// Close the wake stream.
    CloseWake,
    /// Start a call.
    Call(CallNumber, SyncRequest),
    /// Abort a call; its answer would be ignored.
    Abort(CallNumber),
}

/// A page's session with the server.
#[derive(Debug)]
pub struct ClientSession {
    client: SyncClient,
    call: Option<OpenCall>,
    wake: WakeStream,
    /// Failures in a row, for the back-off.
    failures: u32,
    /// The same for the wake stream alone.
    wake_failures: u32,
    last_answer_ms: f64,
    /// When the server was last heard of, by an answer or a wake.
    last_heard_ms: f64,
    next_call_ms: f64,
    hidden_since_ms: Option<f64>,
    /// An answer came since the page was last asleep.
    confirmed: bool,
}

#[derive(Debug)]
struct OpenCall {
    number: CallNumber,
    last_bytes_ms: f64,
}

#[derive(Debug, PartialEq)]
enum WakeStream {
    Closed { retry_ms: f64 },
    Open { heard_ms: f64, woken: bool },
    Left,
}

/// Silence of the wake stream that means trouble; the server repeats itself every 2 s.
const WAKE_SILENCE_MS: f64 = 5_000.0;
/// A call that brings no bytes for this long is given up.
const CALL_SILENCE_MS: f64 = 5_000.0;
/// Without an answer for this long the page is offline.
const OFFLINE_AFTER_MS: f64 = 10_000.0;
/// A hidden page goes to sleep after this.
const SLEEP_AFTER_MS: f64 = 30_000.0;
/// While wakes are missing, calls are tried this often.
const POLL_MS: f64 = 1_000.0;
/// The first retry waits at most this, the later ones up to `MAX_BACKOFF_MS`.
const FIRST_BACKOFF_MS: f64 = 1_500.0;
const MAX_BACKOFF_MS: f64 = 8_000.0;

impl ClientSession {
    /// A page that has just started, at `now_ms`.
    pub fn new(client: SyncClient, now_ms: f64) -> Self {
        Self {
            client,
            call: None,
            wake: WakeStream::Closed { retry_ms: now_ms },
            failures: 0,
            wake_failures: 0,
            last_answer_ms: now_ms,
            last_heard_ms: now_ms,
            next_call_ms: now_ms,
            hidden_since_ms: None,
            confirmed: false,
        }
    }

    /// The protocol's client.
    pub fn client(&self) -> &SyncClient {
        &self.client
    }

    /// What the page may claim at `now_ms`.
    pub fn connection(&self, now_ms: f64) -> Connection {
        let woken = matches!(self.wake, WakeStream::Open { heard_ms, woken: true } if now_ms - heard_ms < WAKE_SILENCE_MS);
        let answered = self.failures == 0 && self.confirmed;
        if woken && answered {
            Connection::Live
        } else if now_ms - self.last_heard_ms > OFFLINE_AFTER_MS {
            Connection::Offline
        } else {
            Connection::Reconnecting
        }
    }

    /// When the server was last heard of, in the driver's clock: what is shown is as of then.
    pub fn last_heard_ms(&self) -> f64 {
        self.last_heard_ms
    }

    /// What is to be done now; the driver asks after every event and every quarter of a second.
    /// `random` is uniform in `0..1`.
    pub fn poll(&mut self, now_ms: f64, random: f64) -> Vec<Action> {
        let mut actions = Vec::new();
        if self.is_asleep(now_ms) {
            self.sleep(&mut actions);
            return actions;
        }
        self.poll_wake(now_ms, random, &mut actions);
        self.poll_calls(now_ms, &mut actions);
        actions
    }

    fn is_asleep(&self, now_ms: f64) -> bool {
        self.hidden_since_ms
            .is_some_and(|since| now_ms - since >= SLEEP_AFTER_MS)
    }

    fn sleep(&mut self, actions: &mut Vec<Action>) {
        if self.wake != WakeStream::Left {
            self.wake = WakeStream::Left;
            actions.push(Action::CloseWake);
        }
        if let Some(call) = self.call.take() {
            self.client.handle_failure(call.number);
            actions.push(Action::Abort(call.number));
        }
        self.confirmed = false;
    }

    fn poll_wake(&mut self, now_ms: f64, random: f64, actions: &mut Vec<Action>) {
        match self.wake {
            WakeStream::Open { heard_ms, .. } if now_ms - heard_ms >= WAKE_SILENCE_MS => {
                actions.push(Action::CloseWake);
                self.handle_wake_lost(now_ms, random);
            }
            WakeStream::Closed { retry_ms } if now_ms >= retry_ms => {
                actions.push(Action::OpenWake);
                self.wake = WakeStream::Open {
                    heard_ms: now_ms,
                    woken: false,
                };
            }
            _ => {}
        }
    }

    fn poll_calls(&mut self, now_ms: f64, actions: &mut Vec<Action>) {
        if let Some(call) = &self.call
            && now_ms - call.last_bytes_ms >= CALL_SILENCE_MS
        {
            let number = call.number;
            actions.push(Action::Abort(number));
            self.handle_failure(number, now_ms, 1.0);
        }
        let without_wakes = !matches!(self.wake, WakeStream::Open { woken: true, .. });
        if without_wakes && !self.client.is_calling() && now_ms - self.last_answer_ms >= POLL_MS {
            self.client.request_call();
        }
        if now_ms >= self.next_call_ms
            && let Some((number, request)) = self.client.poll_call()
        {
            self.call = Some(OpenCall {
                number,
                last_bytes_ms: now_ms,
            });
            actions.push(Action::Call(number, request));
        }
    }

    fn backoff_ms(&self, random: f64) -> f64 {
        let failures = self.failures.max(self.wake_failures);
        let ceiling = FIRST_BACKOFF_MS * f64::from(1_u32 << failures.min(3));
        (0.2 + 0.8 * random) * ceiling.min(MAX_BACKOFF_MS)
    }

    /// Another answer of the server carried its stamp. It says nothing about the wake stream.
    pub fn handle_stamp(&mut self, stamp: Stamp) {
        self.client.handle_wake(stamp);
    }

    /// The wake stream said something.
    pub fn handle_wake(&mut self, stamp: Stamp, now_ms: f64) {
        if self.wake == WakeStream::Left {
            return;
        }
        let was_gone = !matches!(self.wake, WakeStream::Open { woken: true, .. });
        self.wake = WakeStream::Open {
            heard_ms: now_ms,
            woken: true,
        };
        self.wake_failures = 0;
        self.client.handle_wake(stamp);
        if self.failures == 0 {
            self.last_heard_ms = now_ms;
        } else if was_gone {
            // The server is back: no reason to wait any longer. Where only calls fail, their back-off stands, and wakes
            // keep nothing up to date.
            self.next_call_ms = now_ms;
        }
    }

    /// The wake stream broke.
    pub fn handle_wake_lost(&mut self, now_ms: f64, random: f64) {
        if matches!(self.wake, WakeStream::Open { .. }) {
            self.wake = WakeStream::Closed {
                retry_ms: now_ms + self.backoff_ms(random),
            };
            self.wake_failures += 1;
        }
    }

    /// Some bytes of an answer arrived.
    pub fn handle_bytes(&mut self, call: CallNumber, now_ms: f64) {
        if let Some(open) = self.call.as_mut().filter(|open| open.number == call) {
            open.last_bytes_ms = now_ms;
        }
    }

    /// A whole answer arrived.
    pub fn handle_answer(
        &mut self,
        call: CallNumber,
        answer: DecodedAnswer,
        now_ms: f64,
    ) -> Option<Applied> {
        self.call.take_if(|open| open.number == call)?;
        let was_gone = std::mem::take(&mut self.failures) > 0;
        self.last_answer_ms = now_ms;
        self.last_heard_ms = now_ms;
        self.next_call_ms = now_ms;
        self.confirmed = true;
        if let WakeStream::Closed { retry_ms } = &mut self.wake
            && was_gone
        {
            // The server is back: no reason to wait any longer. Where only the wake fails, its back-off stands.
            *retry_ms = retry_ms.min(now_ms);
        }
        self.client.handle_answer(call, answer)
    }

    /// An answer arrived that does not decode.
    pub fn handle_undecodable(
        &mut self,
        call: CallNumber,
        now_ms: f64,
        random: f64,
    ) -> Undecodable {
        if self.call.take_if(|open| open.number == call).is_none() {
            return Undecodable::AskAnew;
        }
        self.next_call_ms = now_ms + self.backoff_ms(random).min(POLL_MS);
        self.failures += 1;
        self.client.handle_undecodable(call)
    }

    /// The call failed.
    pub fn handle_failure(&mut self, call: CallNumber, now_ms: f64, random: f64) {
        if self.call.take_if(|open| open.number == call).is_some() {
            self.next_call_ms = now_ms + self.backoff_ms(random).min(POLL_MS);
            self.failures += 1;
            self.client.handle_failure(call);
        }
    }

    /// Another grid is shown; the call in flight is of no use.
    pub fn handle_grid(&mut self, grid: Option<GridId>, now_ms: f64) -> Option<Action> {
        if self.client.grid() == grid {
            return None;
        }
        self.client.handle_grid(grid);
        self.next_call_ms = now_ms;
        self.call.take().map(|call| Action::Abort(call.number))
    }

    /// The page was hidden.
    pub fn handle_hidden(&mut self, now_ms: f64) {
        self.hidden_since_ms.get_or_insert(now_ms);
    }

    /// The page is seen again, was restored, or the network came back: call before claiming anything.
    pub fn handle_visible(&mut self, now_ms: f64) {
        let asleep = self.is_asleep(now_ms) || self.wake == WakeStream::Left;
        self.hidden_since_ms = None;
        self.next_call_ms = now_ms;
        if asleep || !matches!(self.wake, WakeStream::Open { woken: true, .. }) {
            self.wake = WakeStream::Closed { retry_ms: now_ms };
            self.confirmed = false;
        }
        self.client.request_call();
    }
}

#[cfg(test)]
mod tests;
