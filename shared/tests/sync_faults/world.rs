//! A server, some pages and the bad network between them.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::id::{GridId, LayerId, SessionId};
use shared::layer_state::{LayerPhase, LayerState};
use shared::notification::Severity;
use shared::object::{Object, ObjectId};
use shared::sync::client::{CallNumber, SyncClient};
use shared::sync::codec::{DecodedFrame, decode_packet, encode_body};
use shared::sync::message::SyncRequest;
use shared::sync::mirror::Mirror;
use shared::sync::state::{Limits, SharedState, Transaction};
use shared::time::TimeNs;
use shared::version::{Epoch, Revision, Stamp};

use crate::objects::{
    cell_id, cell_object, grid_id, grid_object, hide, layer_id, layer_object, next_frame,
};
use crate::step::{CELLS, CLIENTS, GRIDS, LAYERS, Step};

/// Small limits, so that evictions happen all the time.
const LIMITS: Limits = Limits {
    tombstones: 4,
    tombstone_age_ns: 40,
    notices: 5,
};

pub(super) struct World {
    server: SharedState,
    /// Every state that was ever published.
    history: BTreeMap<(Epoch, Revision), SharedState>,
    clients: Vec<Client>,
    now: i64,
    pub(super) applied: usize,
    /// Answers that continued what the page knew.
    pub(super) continued: usize,
    /// Frames told as differences.
    pub(super) differences: usize,
}

struct Client {
    sync: SyncClient,
    request: Option<(CallNumber, SyncRequest)>,
    answer: Option<(CallNumber, Vec<u8>)>,
    old_answer: Option<(CallNumber, Vec<u8>)>,
    old_wake: Option<Stamp>,
    notices_seen: Vec<u64>,
}

impl World {
    pub(super) fn new() -> Self {
        let server = SharedState::new(Epoch::random(), 100);
        let clients = (0..CLIENTS)
            .map(|_| Client {
                sync: SyncClient::new(SessionId::random(), Mirror::default(), Some(grid_id(0))),
                request: None,
                answer: None,
                old_answer: None,
                old_wake: None,
                notices_seen: Vec::new(),
            })
            .collect();
        let mut world = Self {
            server,
            history: BTreeMap::new(),
            clients,
            now: 0,
            applied: 0,
            continued: 0,
            differences: 0,
        };
        world.publish();
        world
    }

    fn publish(&mut self) {
        let stamp = self.server.stamp();
        self.history
            .insert((stamp.epoch, stamp.revision), self.server.clone());
    }

    fn commit(&mut self, transaction: Transaction) {
        self.now += 1;
        let before = self.server.stamp();
        let changed = self.server.commit(transaction, TimeNs(self.now), LIMITS);
        let expected = if changed {
            before.revision.next()
        } else {
            before.revision
        };
        assert_eq!(self.server.stamp().revision, expected);
        self.publish();
    }

    fn put(&mut self, object: Object) {
        let mut transaction = Transaction::new();
        transaction.upsert(object);
        self.commit(transaction);
    }

    fn exists(&self, id: &ObjectId) -> bool {
        self.server.object(id).is_some()
    }

    pub(super) fn run(&mut self, step: Step) {
        match step {
            Step::PutGrid(grid, title) => self.put(grid_object(grid, title)),
            Step::PutCell(cell, grid) if self.exists(&ObjectId::Grid(grid_id(grid))) => {
                self.put(cell_object(cell, grid));
            }
            Step::PutLayer {
                layer,
                cell,
                title,
                config,
                hidden,
            } if self.exists(&ObjectId::Cell(cell_id(cell))) => {
                let object = layer_object(layer, cell, title, config);
                self.put(if hidden { hide(object) } else { object });
            }
            Step::Remove(kind, index) => {
                let id = match kind {
                    0 => ObjectId::Grid(grid_id(index % GRIDS)),
                    1 => ObjectId::Cell(cell_id(index % CELLS)),
                    _ => ObjectId::Layer(layer_id(index % LAYERS)),
                };
                let mut transaction = Transaction::new();
                transaction.remove(id);
                self.commit(transaction);
            }
            Step::Tick { grid, salt } => self.tick(grid_id(grid), salt),
            Step::LateFrame { layer, then } => self.late_frame(layer_id(layer), then),
            Step::Clear(layer) => {
                let mut transaction = Transaction::new();
                transaction.clear_frames(layer_id(layer));
                self.commit(transaction);
            }
            Step::State(layer, error) if self.exists(&ObjectId::Layer(layer_id(layer))) => {
                let message = "no data".to_owned();
                let phase = if error {
                    LayerPhase::Error { message }
                } else {
                    LayerPhase::Live
                };
                self.put(Object::LayerState(LayerState {
                    id: layer_id(layer),
                    phase,
                    interval_ns: None,
                }));
            }
            Step::Notify => {
                let mut transaction = Transaction::new();
                transaction.notify(Severity::Info, "something happened");
                self.commit(transaction);
            }
            Step::Restart => self.restart(),
            Step::PutCell(..) | Step::PutLayer { .. } | Step::State(..) => {}
            client_step => self.run_client(client_step),
        }
    }

    fn run_client(&mut self, step: Step) {
        match step {
            Step::ShowGrid(client, grid) => {
                self.clients[client].sync.handle_grid(grid.map(grid_id));
            }
            Step::Wake(client) => {
                let stamp = self.wake_for(&self.clients[client]);
                let client = &mut self.clients[client];
                client.sync.handle_wake(stamp);
                client.old_wake = Some(stamp);
            }
            Step::OldWake(client) => {
                let client = &mut self.clients[client];
                if let Some(stamp) = client.old_wake {
                    client.sync.handle_wake(stamp);
                }
            }
            Step::Call(client) => {
                let client = &mut self.clients[client];
                if let Some(call) = client.sync.poll_call() {
                    client.old_answer = client.answer.take();
                    client.request = Some(call);
                }
            }
            Step::Serve(client) => {
                let request = self.clients[client].request.take();
                if let Some((number, request)) = request {
                    let bytes = self.serve(&request);
                    self.clients[client].answer = Some((number, bytes));
                }
            }
            Step::ServeAgain(client) => {
                let request = self.clients[client].request.clone();
                if let Some((number, request)) = request {
                    let bytes = self.serve(&request);
                    self.clients[client].old_answer = Some((number, bytes));
                }
            }
            Step::Deliver(client) => {
                if let Some((number, bytes)) = self.clients[client].answer.take() {
                    self.deliver(client, number, &bytes);
                }
            }
            Step::DeliverOld(client) => {
                if let Some((number, bytes)) = self.clients[client].old_answer.take() {
                    self.deliver(client, number, &bytes);
                }
            }
            Step::Drop(client) => {
                let client = &mut self.clients[client];
                let lost = client.request.take().map(|(n, _)| n);
                if let Some(number) = lost.or_else(|| client.answer.take().map(|(n, _)| n)) {
                    client.sync.handle_failure(number);
                }
            }
            other => unreachable!("{other:?} is a step of the server"),
        }
    }

    fn wake_for(&self, client: &Client) -> Stamp {
        Stamp {
            revision: self.server.concerns(client.sync.grid().as_slice()),
            ..self.server.stamp()
        }
    }

    fn serve(&self, request: &SyncRequest) -> Vec<u8> {
        // A small budget now and then, so that frames are deferred.
        let budget = if self.now % 3 == 0 { Some(300) } else { None };
        let request = SyncRequest {
            budget_bytes: budget,
            ..request.clone()
        };
        self.server.answer(&request, TimeNs(self.now)).to_bytes()
    }

    fn deliver(&mut self, client: usize, number: CallNumber, bytes: &[u8]) {
        let decoded = decode_packet(bytes).expect("the server speaks the protocol");
        let is_difference = |it: &&DecodedFrame| matches!(it, DecodedFrame::Delta(_));
        let differences = decoded.frames.iter().filter(is_difference).count();
        let grid = self.clients[client].sync.grid();
        let Some(applied) = self.clients[client].sync.handle_answer(number, decoded) else {
            return;
        };
        self.applied += 1;
        self.continued += usize::from(!applied.snapshot);
        self.differences += differences;
        let client = &mut self.clients[client];
        for notice in &applied.notices {
            assert!(
                client
                    .notices_seen
                    .last()
                    .is_none_or(|last| notice.number > *last)
            );
            client.notices_seen.push(notice.number);
        }
        let stamp = client.sync.mirror().stamp().expect("an answer was applied");
        let server = &self.history[&(stamp.epoch, stamp.revision)];
        assert_same_objects(client.sync.mirror(), server);
        assert!(applied.unfit.is_empty(), "a difference did not fit");
        if applied.deferred.is_empty()
            && let Some(grid) = grid
        {
            assert_same_frames(client.sync.mirror(), server, grid);
        }
    }

    fn tick(&mut self, grid: GridId, salt: u64) {
        let mut transaction = Transaction::new();
        for (index, layer) in self.server.layers_of(grid).enumerate().collect::<Vec<_>>() {
            if salt >> (index % 64) & 1 == 0 {
                continue;
            }
            let slot = self.server.frames_of(layer).expect("a layer has a slot");
            let previous = slot.current().map(|(_, frame)| &**frame.frame());
            let frame = Arc::new(next_frame(layer, previous, salt));
            if let Some(prepared) = slot.prepare(layer, frame) {
                transaction.frame(prepared);
            }
        }
        self.commit(transaction);
    }

    /// A computation that was overtaken by a clear, an edit or a removal must not show.
    fn late_frame(&mut self, layer: LayerId, then: u8) {
        let Some(slot) = self.server.frames_of(layer) else {
            return;
        };
        let prepared = slot.prepare(layer, Arc::new(next_frame(layer, None, u64::MAX)));
        let mut first = Transaction::new();
        match then {
            0 => first.clear_frames(layer),
            1 => first.remove(ObjectId::Layer(layer)),
            _ => &mut first,
        };
        self.commit(first);
        let mut second = Transaction::new();
        if let Some(prepared) = prepared {
            second.frame(prepared);
        }
        self.commit(second);
        if then < 2 {
            assert!(
                self.server
                    .frames_of(layer)
                    .is_none_or(|slot| slot.current().is_none())
            );
        }
    }

    fn restart(&mut self) {
        let mut next = SharedState::new(Epoch::random(), 100 + self.now as u64);
        let mut transaction = Transaction::new();
        for (id, _, object) in self.server.objects() {
            if !matches!(id, ObjectId::LayerState(_)) {
                transaction.upsert((**object).clone());
            }
        }
        next.commit(transaction, TimeNs(self.now), LIMITS);
        self.server = next;
        self.publish();
    }

    /// With a network that works again, every page gets there.
    pub(super) fn settle(&mut self) {
        for client in 0..CLIENTS {
            self.run_client(Step::Drop(client));
            self.run_client(Step::Wake(client));
            for _ in 0..40 {
                self.run_client(Step::Call(client));
                self.run_client(Step::Serve(client));
                self.run_client(Step::Deliver(client));
            }
            let mirror = self.clients[client].sync.mirror();
            assert_same_objects(mirror, &self.server);
            if let Some(grid) = self.clients[client].sync.grid() {
                assert_same_frames(mirror, &self.server, grid);
            }
        }
    }
}

fn assert_same_objects(mirror: &Mirror, server: &SharedState) {
    assert!(
        mirror.objects().eq(server.objects()),
        "objects differ at {:?}",
        mirror.stamp()
    );
}

fn assert_same_frames(mirror: &Mirror, server: &SharedState, grid: GridId) {
    for layer in server.shown_layers_of(grid) {
        let served = server.frames_of(layer).and_then(|slot| slot.current());
        let shown = mirror.frame(layer).filter(|shown| shown.current);
        match (served, shown) {
            (None, None) => {}
            (Some((version, served)), Some(shown)) => {
                assert_eq!(shown.version.revision, version);
                assert_eq!(
                    encode_body(&*shown.frame),
                    encode_body(&**served.frame()),
                    "bits differ"
                );
            }
            (served, shown) => panic!(
                "{layer}: served {:?}, shown {:?}",
                served.map(|s| s.0),
                shown.map(|s| s.version.revision)
            ),
        }
    }
}
