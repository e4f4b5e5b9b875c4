//! The browser's half of `sync`: when to call, what to say, which answers count.

use std::collections::BTreeSet;

use super::codec::DecodedAnswer;
use super::message::{PROTOCOL, SyncRequest};
use super::mirror::{Applied, Mirror};
use crate::id::{GridId, LayerId, SessionId};
use crate::version::{Revision, Stamp};

/// Tells the answers of different calls apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CallNumber(u64);

/// One call in flight at most; a wake during it is remembered.
#[derive(Debug)]
pub struct SyncClient {
    session: SessionId,
    mirror: Mirror,
    grid: Option<GridId>,
    in_flight: Option<Call>,
    last_call: CallNumber,
    /// Something of our own asks for a call, whatever the server announced.
    forced: bool,
    /// The newest wake since the last call started.
    announced: Option<Stamp>,
}

#[derive(Debug)]
struct Call {
    number: CallNumber,
    /// The layers whose frames it claimed to have.
    claimed: BTreeSet<LayerId>,
    /// It asked for everything anew.
    asked_all: bool,
}

/// What can be done about an answer that does not decode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// The next call asks for everything anew.
    AskAnew,
    /// Even a snapshot does not decode: the server speaks another version of the protocol.
    Outdated,
}

impl SyncClient {
    /// A page that continues from `mirror`, such as the snapshot it was rendered from.
    pub fn new(session: SessionId, mirror: Mirror, grid: Option<GridId>) -> Self {
        Self {
            session,
            mirror,
            grid,
            in_flight: None,
            last_call: CallNumber(0),
            forced: true,
            announced: None,
        }
    }

    /// What the page knows.
    pub fn mirror(&self) -> &Mirror {
        &self.mirror
    }

    /// Who calls.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// The grid on the screen.
    pub fn grid(&self) -> Option<GridId> {
        self.grid
    }

    /// Shows another grid. The call in flight asks for the wrong frames: it is the caller's to abort.
    pub fn handle_grid(&mut self, grid: Option<GridId>) {
        if self.grid != grid {
            self.grid = grid;
            self.in_flight = None;
            self.forced = true;
        }
    }

    /// A wake, or the stamp of any other answer of the server. One that comes late does not take back a newer one.
    pub fn handle_wake(&mut self, stamp: Stamp) {
        let newer = self
            .announced
            .filter(|held| held.epoch == stamp.epoch && held.revision > stamp.revision);
        self.announced = Some(newer.unwrap_or(stamp));
    }

    /// Asks for a call whatever was announced.
    pub fn request_call(&mut self) {
        self.forced = true;
    }

    /// True while an answer is awaited.
    pub fn is_calling(&self) -> bool {
        self.in_flight.is_some()
    }

    /// The next call, when there is reason for one and none is in flight.
    pub fn poll_call(&mut self) -> Option<(CallNumber, SyncRequest)> {
        if self.in_flight.is_some() || !self.wants_call() {
            return None;
        }
        self.forced = false;
        self.announced = None;
        self.last_call = CallNumber(self.last_call.0 + 1);
        let have = self.have();
        self.in_flight = Some(Call {
            number: self.last_call,
            claimed: have.iter().map(|(layer, _)| *layer).collect(),
            asked_all: self.mirror.stamp().is_none(),
        });
        let request = SyncRequest {
            protocol: PROTOCOL,
            session: self.session,
            name: None,
            known: self.mirror.stamp(),
            grid: self.grid,
            also: Vec::new(),
            have,
            notices: self.mirror.cursor(),
            budget_bytes: None,
        };
        Some((self.last_call, request))
    }

    fn wants_call(&self) -> bool {
        let is_ahead = |announced: Stamp| {
            self.mirror.stamp().is_none_or(|known| {
                known.epoch != announced.epoch || known.revision < announced.revision
            })
        };
        self.forced || self.announced.is_some_and(is_ahead)
    }

    /// The versions held of the layers on the screen; others would only make the call longer.
    fn have(&self) -> Vec<(LayerId, Revision)> {
        let mut have = self.mirror.have();
        have.retain(|(layer, _)| self.is_on_screen(*layer));
        have
    }

    fn is_on_screen(&self, layer: LayerId) -> bool {
        self.grid.is_some() && self.mirror.grid_of(layer) == self.grid
    }

    /// Takes over the answer of `call`; none when that call was aborted, or when the answer does not continue
    /// what is known, which the next call mends by a snapshot.
    pub fn handle_answer(&mut self, call: CallNumber, answer: DecodedAnswer) -> Option<Applied> {
        let call = self.take_call(call)?;
        let Ok(mut applied) = self.mirror.apply(answer) else {
            self.request_call();
            return None;
        };
        self.mirror.settle(&call.claimed, &mut applied);
        self.mirror.forget_beyond(KEPT_FRAME_BYTES, self.grid);
        if !applied.deferred.is_empty() || !applied.unfit.is_empty() {
            self.request_call();
        }
        Some(applied)
    }

    /// The call gave no usable answer; whoever drives this decides when the next one starts.
    pub fn handle_failure(&mut self, call: CallNumber) {
        if self.take_call(call).is_some() {
            self.request_call();
        }
    }

    /// An answer came that does not decode.
    pub fn handle_undecodable(&mut self, call: CallNumber) -> Undecodable {
        let Some(call) = self.take_call(call) else {
            return Undecodable::AskAnew;
        };
        self.mirror.distrust();
        self.request_call();
        if call.asked_all {
            Undecodable::Outdated
        } else {
            Undecodable::AskAnew
        }
    }

    fn take_call(&mut self, number: CallNumber) -> Option<Call> {
        self.in_flight.take_if(|call| call.number == number)
    }
}

/// Bytes of pictures kept of the grids that are not on the screen, so that going back to one costs little.
const KEPT_FRAME_BYTES: usize = 64 << 20;
