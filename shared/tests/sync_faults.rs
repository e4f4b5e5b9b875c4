//! The promises of the sync protocol under drops, repeats, reordering, delays, restarts and evictions.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use shared::data::{Coord, CoordValues, Unit, Values};
use shared::id::{CellId, GridId, LayerId, SessionId, WorkflowId};
use shared::layer_state::{LayerPhase, LayerState};
use shared::notification::Severity;
use shared::object::{Object, ObjectId};
use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Image, Quantity, Series};
use shared::sync::client::{CallNumber, SyncClient};
use shared::sync::codec::{decode_packet, encode_body};
use shared::sync::message::SyncRequest;
use shared::sync::mirror::Mirror;
use shared::sync::state::{Limits, SharedState, Transaction};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{
    Cell, CellGeometry, DataRole, DataSource, Grid, JsonText, Layer, LayerConfig,
};
use shared::version::{Epoch, Revision, Stamp};

const GRIDS: u8 = 3;
const CELLS: u8 = 6;
const LAYERS: u8 = 12;
const CLIENTS: usize = 3;
/// Small limits, so that evictions happen all the time.
const LIMITS: Limits = Limits {
    tombstones: 4,
    tombstone_age_ns: 40,
    notices: 5,
};

#[derive(Clone, Debug)]
enum Step {
    PutGrid(u8, u8),
    PutCell(u8, u8),
    PutLayer {
        layer: u8,
        cell: u8,
        title: u8,
        config: u8,
    },
    Remove(u8, u8),
    Tick {
        grid: u8,
        salt: u64,
    },
    /// A frame computed before something else happens, committed after it.
    LateFrame {
        layer: u8,
        then: u8,
    },
    Clear(u8),
    State(u8, bool),
    Notify,
    Restart,
    ShowGrid(usize, Option<u8>),
    Wake(usize),
    OldWake(usize),
    Call(usize),
    /// The server reads the request and answers; the answer is on its way.
    Serve(usize),
    /// The request is repeated by the network: the server answers it again.
    ServeAgain(usize),
    Deliver(usize),
    /// An answer of a call long given up arrives.
    DeliverOld(usize),
    Drop(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let client = 0..CLIENTS;
    prop_oneof![
        2 => (0..GRIDS, any::<u8>()).prop_map(|(g, t)| Step::PutGrid(g, t)),
        2 => (0..CELLS, 0..GRIDS).prop_map(|(c, g)| Step::PutCell(c, g)),
        3 => (0..LAYERS, 0..CELLS, 0..3_u8, 0..2_u8).prop_map(|(layer, cell, title, config)| Step::PutLayer { layer, cell, title, config }),
        1 => (0..3_u8, any::<u8>()).prop_map(|(k, i)| Step::Remove(k, i)),
        8 => (0..GRIDS, any::<u64>()).prop_map(|(grid, salt)| Step::Tick { grid, salt }),
        1 => (0..LAYERS, 0..3_u8).prop_map(|(layer, then)| Step::LateFrame { layer, then }),
        1 => (0..LAYERS).prop_map(Step::Clear),
        1 => (0..LAYERS, any::<bool>()).prop_map(|(l, e)| Step::State(l, e)),
        1 => Just(Step::Notify),
        1 => prop_oneof![9 => Just(Step::Notify), 1 => Just(Step::Restart)],
        1 => (client.clone(), proptest::option::weighted(0.8, 0..GRIDS)).prop_map(|(c, g)| Step::ShowGrid(c, g)),
        4 => client.clone().prop_map(Step::Wake),
        1 => client.clone().prop_map(Step::OldWake),
        8 => client.clone().prop_map(Step::Call),
        8 => client.clone().prop_map(Step::Serve),
        1 => client.clone().prop_map(Step::ServeAgain),
        8 => client.clone().prop_map(Step::Deliver),
        1 => client.clone().prop_map(Step::DeliverOld),
        1 => client.prop_map(Step::Drop),
    ]
}

struct World {
    server: SharedState,
    /// Every state that was ever published.
    history: BTreeMap<(Epoch, Revision), SharedState>,
    clients: Vec<Client>,
    now: i64,
    applied: usize,
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
    fn new() -> Self {
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

    fn run(&mut self, step: Step) {
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
            } if self.exists(&ObjectId::Cell(cell_id(cell))) => {
                self.put(layer_object(layer, cell, title, config));
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
                let stamp = self.server.stamp();
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
        let grid = self.clients[client].sync.grid();
        let Some(applied) = self.clients[client].sync.handle_answer(number, decoded) else {
            return;
        };
        self.applied += 1;
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
        if applied.deferred == 0
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
    fn settle(&mut self) {
        for client in 0..CLIENTS {
            self.run_client(Step::Drop(client));
            self.run_client(Step::Wake(client));
            for _ in 0..40 {
                self.run_client(Step::Call(client));
                self.run_client(Step::Serve(client));
                self.run_client(Step::Deliver(client));
            }
            let mirror = self.clients[client].sync.mirror();
            assert_eq!(mirror.stamp(), Some(self.server.stamp()));
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
    for layer in server.layers_of(grid) {
        let served = server.frames_of(layer).and_then(|slot| slot.current());
        let shown = mirror.frame(layer).filter(|shown| shown.current);
        match (served, shown) {
            (None, None) => {}
            (Some((version, served)), Some(shown)) => {
                assert_eq!(shown.version, version);
                assert_eq!(
                    encode_body(&*shown.frame),
                    encode_body(&**served.frame()),
                    "bits differ"
                );
            }
            (served, shown) => panic!(
                "{layer}: served {:?}, shown {:?}",
                served.map(|s| s.0),
                shown.map(|s| s.version)
            ),
        }
    }
}

fn grid_id(index: u8) -> GridId {
    GridId::derived(&format!("grid {index}"))
}

fn cell_id(index: u8) -> CellId {
    CellId::derived(&format!("cell {index}"))
}

fn layer_id(index: u8) -> LayerId {
    LayerId::derived(&format!("layer {index}"))
}

fn grid_object(index: u8, title: u8) -> Object {
    Object::Grid(Grid {
        id: grid_id(index),
        title: format!("Grid {title}"),
        nrows: 3,
        ncols: 3,
        enabled: true,
        order: 0,
    })
}

fn cell_object(index: u8, grid: u8) -> Object {
    Object::Cell(Cell {
        id: cell_id(index),
        grid: grid_id(grid),
        geometry: CellGeometry {
            row: 0,
            col: 0,
            row_span: 1,
            col_span: 1,
        },
        title: None,
    })
}

fn layer_object(index: u8, cell: u8, title: u8, config: u8) -> Object {
    let source = DataSource {
        workflow: WorkflowId {
            instrument: "test".into(),
            name: "w".into(),
            version: 1,
        },
        output: format!("output {config}"),
        sources: vec!["s".into()],
    };
    Object::Layer(Layer {
        id: layer_id(index),
        cell: cell_id(cell),
        order: 0,
        title: format!("Layer {title}"),
        config: LayerConfig {
            plotter: "image".into(),
            sources: BTreeMap::from([(DataRole::Primary, source)]),
            params: JsonText::empty(),
        },
    })
}

/// Images that grow by a few counts, and series that grow at the tail and shrink at the head.
fn next_frame(layer: LayerId, previous: Option<&Frame>, salt: u64) -> Frame {
    let end = TimeNs(previous.and_then(|f| f.time).map_or(0, |t| t.end.0) + 1);
    let body = previous.map(|frame| &frame.body);
    Frame {
        body: if layer.0.as_bytes()[0].is_multiple_of(2) {
            next_image(body, salt)
        } else {
            next_series(body, salt)
        },
        time: Some(TimeInterval {
            start: TimeNs(0),
            end,
        }),
        reduced: 1,
        note: None,
    }
}

fn quantity() -> Quantity {
    Quantity {
        label: "Counts".into(),
        unit: Unit::counts(),
    }
}

fn next_image(previous: Option<&FrameBody>, salt: u64) -> FrameBody {
    let mut counts = match previous {
        Some(FrameBody::Image(image)) => match &*image.values {
            Values::U32(counts) => counts.clone(),
            other => unreachable!("{other:?}"),
        },
        _ => vec![0; 400],
    };
    for k in 0..(salt % 7) {
        let index = (salt >> k) as usize % counts.len();
        counts[index] = counts[index].wrapping_add((salt >> 32) as u32 % 5);
    }
    let values = Values::U32(counts);
    FrameBody::Image(Image {
        x: Coord::index("x", 20),
        y: Coord::index("y", 20),
        quantity: quantity(),
        extent: Extent::of_values(&values),
        values: Arc::new(values),
    })
}

fn next_series(previous: Option<&FrameBody>, salt: u64) -> FrameBody {
    let (mut times, mut y) = match previous {
        Some(FrameBody::Curves(curves)) => match &curves.series[0].x.values {
            CoordValues::Times(times) => (times.to_vec(), curves.series[0].y.to_f64()),
            other => unreachable!("{other:?}"),
        },
        _ => (Vec::new(), Vec::new()),
    };
    for k in 0..=(salt % 4) {
        times.push(times.last().copied().unwrap_or(0) + 1 + k as i64);
        y.push(if salt.is_multiple_of(11) {
            f64::NAN
        } else {
            salt as f64
        });
    }
    let dropped = times.len().saturating_sub(30 + (salt % 5) as usize);
    times.drain(..dropped);
    y.drain(..dropped);
    FrameBody::Curves(Curves {
        quantity: quantity(),
        series: vec![Series {
            name: "T".into(),
            x: Coord {
                values: CoordValues::Times(times.into()),
                ..Coord::index("time", 0)
            },
            extent: Extent::of(y.iter().copied()),
            y: Arc::new(Values::F64(y)),
            errors: None,
        }],
    })
}

proptest! {
    // 220 runs of 1,000 steps each.
    #![proptest_config(ProptestConfig { cases: 220, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn pages_equal_the_server_whatever_the_network_does(steps in proptest::collection::vec(step(), 1_000)) {
        let mut world = World::new();
        for step in steps {
            world.run(step);
        }
        world.settle();
        prop_assert!(world.applied > 20, "too few answers arrived to mean anything");
    }
}
