//! The browser's half of `sync`: when to call, what to say, which answers count.

use super::codec::DecodedAnswer;
use super::message::{PROTOCOL, SyncRequest};
use super::mirror::{Applied, Mirror};
use crate::id::{GridId, LayerId, SessionId};
use crate::object::ObjectId;
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
    also: Vec<LayerId>,
    in_flight: Option<CallNumber>,
    /// The frames that the call in flight claimed to have.
    claimed: Vec<(LayerId, Revision)>,
    last_call: CallNumber,
    /// Something asks for a call.
    pending: bool,
    /// The newest wake.
    announced: Option<Stamp>,
}

impl SyncClient {
    /// A page that continues from `mirror`, such as the snapshot it was rendered from.
    pub fn new(session: SessionId, mirror: Mirror, grid: Option<GridId>) -> Self {
        Self {
            session,
            mirror,
            grid,
            also: Vec::new(),
            in_flight: None,
            claimed: Vec::new(),
            last_call: CallNumber(0),
            pending: true,
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

    /// Takes another name, when a duplicated page must not share one.
    pub fn rename(&mut self, session: SessionId) {
        self.session = session;
        self.pending = true;
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
            self.pending = true;
        }
    }

    /// A wake, or the stamp of any other answer of the server.
    pub fn handle_wake(&mut self, stamp: Stamp) {
        self.announced = Some(stamp);
        self.pending = true;
    }

    /// Asks for a call whatever was announced.
    pub fn request_call(&mut self) {
        self.pending = true;
        self.announced = None;
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
        self.pending = false;
        self.last_call = CallNumber(self.last_call.0 + 1);
        self.in_flight = Some(self.last_call);
        self.claimed = self.have();
        let request = SyncRequest {
            protocol: PROTOCOL,
            session: self.session,
            known: self.mirror.stamp(),
            grid: self.grid,
            also: self.also.clone(),
            have: self.claimed.clone(),
            notices: self.mirror.cursor(),
            budget_bytes: None,
        };
        Some((self.last_call, request))
    }

    fn wants_call(&self) -> bool {
        let ahead = |announced: Stamp| {
            self.mirror.stamp().is_none_or(|known| {
                known.epoch != announced.epoch || known.revision < announced.revision
            })
        };
        self.pending && self.announced.is_none_or(ahead)
    }

    /// The versions held of the layers on the screen; others would only make the call longer.
    fn have(&self) -> Vec<(LayerId, Revision)> {
        let mut have = self.mirror.have();
        have.retain(|(layer, _)| self.also.contains(layer) || self.is_on_screen(*layer));
        have
    }

    fn is_on_screen(&self, layer: LayerId) -> bool {
        use crate::object::Object::{Cell, Layer};
        let Some(Layer(layer)) = self.mirror.object(&ObjectId::Layer(layer)).map(|o| &**o) else {
            return false;
        };
        let Some(Cell(cell)) = self
            .mirror
            .object(&ObjectId::Cell(layer.cell))
            .map(|o| &**o)
        else {
            return false;
        };
        Some(cell.grid) == self.grid
    }

    /// Takes over the answer of `call`; none when that call was aborted, or when the answer does not continue
    /// what is known, which the next call mends by a snapshot.
    pub fn handle_answer(&mut self, call: CallNumber, answer: DecodedAnswer) -> Option<Applied> {
        if self.in_flight != Some(call) {
            return None;
        }
        self.in_flight = None;
        let Ok(applied) = self.mirror.apply(answer) else {
            self.request_call();
            return None;
        };
        // The server spoke of the frames it was told of: what is known of the others may be old.
        self.mirror.outdate(|layer| {
            !applied.layers.contains(layer) && !self.claimed.iter().any(|(l, _)| l == layer)
        });
        if applied.deferred > 0 || !applied.unfit.is_empty() {
            self.request_call();
        }
        Some(applied)
    }

    /// The call gave no usable answer; whoever drives this decides when the next one starts.
    pub fn handle_failure(&mut self, call: CallNumber) {
        if self.in_flight == Some(call) {
            self.in_flight = None;
            self.request_call();
        }
    }
}
