//! Plans and the history that they ask for.

mod region;

use shared::data::{Coord, DataArray, Values};
use shared::id::{GridId, WorkflowId};
use shared::job::Temporality;
use shared::object::Object;
use shared::sync::state::{Limits, Transaction};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{DataRole, DataSource};
use shared::version::Epoch;

use super::*;
use crate::clock::Clock;
use crate::plot::samples;
use crate::results::{Budget, NewResult};

struct World {
    committer: Arc<Committer>,
    data: Arc<DataService>,
    plotting: PlottingController,
    layer: LayerId,
    slots: i64,
}

impl World {
    fn new() -> Self {
        Self::with(Limits::default())
    }

    fn with(limits: Limits) -> Self {
        let state = SharedState::new(Epoch::random(), 0);
        let committer = Arc::new(Committer::new(state, limits, Clock::system()));
        let data = Arc::new(DataService::new(Budget::default()));
        let layer = LayerId::random();
        committer.commit(|_| samples::waiting_layer(GridId::random(), layer, "lines"));
        data.begin_generation(&Self::job(), JobNumber(uuid::Uuid::from_u128(1)));
        Self {
            plotting: PlottingController::new(Arc::clone(&committer), Arc::clone(&data)),
            committer,
            data,
            layer,
            slots: 0,
        }
    }

    fn job() -> JobId {
        JobId {
            workflow: Self::workflow(),
            source: "a".to_owned(),
        }
    }

    fn workflow() -> WorkflowId {
        "dummy/w/1".parse().expect("an id")
    }

    /// Changes the layer and plans it.
    fn configure(&self, params: &str) {
        self.draw("lines", params);
    }

    fn draw(&self, plotter: &str, params: &str) {
        self.committer.commit(|state| {
            let mut layer = state.layer(self.layer).expect("it was added").clone();
            plotter.clone_into(&mut layer.config.plotter);
            layer.config.params = serde_json::from_str(params).expect("an object");
            let source = DataSource {
                workflow: Self::workflow(),
                output: "o".to_owned(),
                sources: vec!["a".to_owned()],
            };
            layer.config.sources = [(DataRole::Primary, source)].into();
            let mut transaction = Transaction::new();
            transaction.upsert(Object::Layer(layer));
            transaction
        });
        self.plan();
    }

    fn plan(&self) {
        self.plotting.layers_of(&BTreeSet::new());
    }

    /// Publishes ten slots of a second, of what has no past unless asked for; returns the bytes of histories.
    fn publish(&mut self) -> usize {
        for _ in 0..10 {
            self.publish_one(vec![Coord::index("y", 1), Coord::index("x", 2)]);
        }
        self.bytes()
    }

    /// Publishes a slot of a second, with the counts 1, 2 along the last of `coords`.
    fn publish_one(&mut self, coords: Vec<Coord>) {
        let start = self.slots * 1_000_000_000;
        self.slots += 1;
        self.data.publish(vec![NewResult {
            key: ResultKey {
                workflow: Self::workflow(),
                source: "a".to_owned(),
                output: "o".to_owned(),
            },
            number: JobNumber(uuid::Uuid::from_u128(1)),
            temporality: Temporality::Window,
            data: DataArray {
                label: "Counts".into(),
                unit: Unit::counts(),
                coords,
                values: Arc::new(Values::U32(vec![1, 2])),
                variances: None,
                time: TimeInterval {
                    start: TimeNs(start),
                    end: TimeNs(start + 1_000_000_000),
                },
            },
        }]);
    }

    fn bytes(&self) -> usize {
        self.data.usage().0
    }
}

#[test]
fn histories_are_as_long_as_the_plans_of_now_need() {
    let mut world = World::new();
    world.configure(r#"{"window":{"seconds":8}}"#);
    let of_eight = world.publish();
    assert!(of_eight > 0);
    world.configure(r#"{"window":{"seconds":8},"style":{"mode":"points"}}"#);
    assert_eq!(
        world.bytes(),
        of_eight,
        "the plan is another, its need is not"
    );
    world.configure(r#"{"window":{"seconds":4}}"#);
    assert_eq!(world.bytes(), of_eight / 2);
    world.configure("{}");
    assert_eq!(world.bytes(), 0);
    world.configure(r#"{"window":{"seconds":8}}"#);
    assert_eq!(world.publish(), of_eight);
    world.committer.commit(|_| {
        let mut transaction = Transaction::new();
        transaction.remove(ObjectId::Layer(world.layer));
        transaction
    });
    world.plan();
    assert_eq!(world.bytes(), 0);
}

#[test]
fn a_layer_whose_removal_is_told_no_more_is_forgotten_all_the_same() {
    let mut world = World::with(Limits {
        tombstones: 0,
        ..Limits::default()
    });
    world.configure(r#"{"window":{"seconds":8}}"#);
    assert!(world.publish() > 0);
    world.committer.commit(|_| {
        let mut transaction = Transaction::new();
        transaction.remove(ObjectId::Layer(world.layer));
        transaction
    });
    world.plan();
    assert_eq!(world.bytes(), 0);
}
