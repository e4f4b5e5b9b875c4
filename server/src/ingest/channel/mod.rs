//! The one channel from the sources to the reduction, bounded by bytes.
//!
//! Sending never waits. What does not fit is dropped oldest first from the stream that fills the
//! queue, and handed back to be counted. Commands do not travel here.

mod queue;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use self::queue::Queue;
use super::RawMessage;

/// A channel whose queued messages cost at most `limit_bytes` (see [`RawMessage::cost_bytes`]).
pub fn channel(limit_bytes: usize) -> (Sender, Receiver) {
    let state = State {
        queue: Queue::new(limit_bytes),
        senders: 1,
        receiving: true,
    };
    let shared = Arc::new(Shared {
        state: Mutex::new(state),
        changed: Condvar::new(),
    });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

/// Nobody receives any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the reduction has ended, messages go nowhere")]
pub struct Closed;

/// The end that sources hold; clones send into the same queue.
#[derive(Debug)]
pub struct Sender(Arc<Shared>);

impl Sender {
    /// Queues `message` and returns what had to go for it, oldest first: usually nothing, possibly
    /// `message` itself.
    ///
    /// # Errors
    /// The receiver is gone.
    pub fn send(&self, message: RawMessage) -> Result<Vec<RawMessage>, Closed> {
        let mut state = self.0.lock();
        if !state.receiving {
            return Err(Closed);
        }
        let was_empty = state.queue.level().messages == 0;
        let dropped = state.queue.push(message);
        drop(state);
        if was_empty {
            self.0.changed.notify_one();
        }
        Ok(dropped)
    }

    /// How full the queue is.
    pub fn level(&self) -> Level {
        self.0.lock().queue.level()
    }
}

impl Clone for Sender {
    fn clone(&self) -> Self {
        self.0.lock().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        self.0.lock().senders -= 1;
        self.0.changed.notify_one();
    }
}

/// The end that the reduction holds.
#[derive(Debug)]
pub struct Receiver(Arc<Shared>);

/// How [`Receiver::recv_many`] ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// At least one message was appended.
    Messages,
    /// None came in time.
    TimedOut,
    /// None is left and all senders are gone.
    Closed,
}

impl Receiver {
    /// Waits up to `timeout` for a message, then appends to `out` what is queued, oldest first, as
    /// far as it costs at most `max_bytes`; at least one message.
    pub fn recv_many(
        &self,
        out: &mut Vec<RawMessage>,
        max_bytes: usize,
        timeout: Duration,
    ) -> Received {
        let idle = |state: &mut State| state.queue.level().messages == 0 && state.senders > 0;
        let waited = self
            .0
            .changed
            .wait_timeout_while(self.0.lock(), timeout, idle);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        let Some(first) = state.queue.pop() else {
            return if state.senders == 0 {
                Received::Closed
            } else {
                Received::TimedOut
            };
        };
        let mut left_bytes = max_bytes.saturating_sub(first.cost_bytes());
        out.push(first);
        while let Some(next) = state.queue.pop_within(left_bytes) {
            left_bytes -= next.cost_bytes();
            out.push(next);
        }
        Received::Messages
    }

    /// How full the queue is.
    pub fn level(&self) -> Level {
        self.0.lock().queue.level()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.0.lock().receiving = false;
    }
}

/// How full a queue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Level {
    /// Messages that wait.
    pub messages: usize,
    /// What they cost, in bytes.
    pub bytes: usize,
    /// What they may cost at most, in bytes.
    pub limit_bytes: usize,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    queue: Queue,
    senders: usize,
    receiving: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use std::thread;

    use super::*;
    use crate::ingest::StreamIndex;

    fn message(number: i64) -> RawMessage {
        RawMessage {
            stream: StreamIndex(0),
            bytes: Bytes::from_static(&[0; 72]),
            data_ns: 0,
            timestamp_ns: number,
        }
    }

    #[test]
    fn a_waiting_receiver_is_woken_and_told_of_the_end() {
        let (sender, receiver) = channel(10_000);
        let feeder = thread::spawn(move || {
            for number in 0..3 {
                assert!(sender.send(message(number)).expect("open").is_empty());
            }
        });
        let mut out = Vec::new();
        while receiver.recv_many(&mut out, 1, Duration::from_mins(1)) == Received::Messages {}
        feeder.join().expect("no panic");
        let numbers: Vec<_> = out.iter().map(|message| message.timestamp_ns).collect();
        assert_eq!(numbers, [0, 1, 2]);
    }

    #[test]
    fn one_call_takes_no_more_than_asked_but_at_least_one() {
        let (sender, receiver) = channel(10_000);
        for number in 0..5 {
            sender.send(message(number)).expect("open");
        }
        let mut out = Vec::new();
        receiver.recv_many(&mut out, 400, Duration::ZERO);
        assert_eq!(out.len(), 2, "200 bytes each");
        receiver.recv_many(&mut out, 0, Duration::ZERO);
        assert_eq!(out.len(), 3);
        assert_eq!(receiver.level().bytes, 400);
    }

    #[test]
    fn silence_and_end_are_told_apart() {
        let (sender, receiver) = channel(10_000);
        let mut out = Vec::new();
        assert_eq!(
            receiver.recv_many(&mut out, 1, Duration::ZERO),
            Received::TimedOut
        );
        drop(sender.clone());
        assert_eq!(
            receiver.recv_many(&mut out, 1, Duration::ZERO),
            Received::TimedOut
        );
        drop(sender);
        assert_eq!(
            receiver.recv_many(&mut out, 1, Duration::ZERO),
            Received::Closed
        );
    }

    #[test]
    fn without_a_receiver_sending_fails() {
        let (sender, receiver) = channel(10_000);
        drop(receiver);
        assert_eq!(sender.send(message(0)).expect_err("closed"), Closed);
    }
}
