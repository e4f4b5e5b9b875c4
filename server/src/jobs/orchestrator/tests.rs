//! Commands against each other and against the runner's reports.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use shared::id::{CellId, LayerId};
use shared::job::{SourceInfo, Workflow};
use shared::region::Region;
use shared::sync::state::Limits;
use shared::topology::{DataRole, DataSource, LayerConfig};
use shared::version::Epoch;

use super::*;

/// What a runner was told, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    Start(JobId, JobNumber),
    Stop(JobId, JobNumber),
}

/// A runner whose queue holds one command, as a busy engine's.
#[derive(Debug)]
struct Queue(SyncSender<Told>);

impl JobRunner for Queue {
    fn check(&self, _: &[JobId], _: &JsonText) -> Result<(), String> {
        Ok(())
    }

    fn start(&self, job: JobStart) {
        self.0.send(Told::Start(job.id, job.number)).ok();
    }

    fn set_regions(&self, _: JobId, _: Arc<[Region]>) {}

    fn stop(&self, id: &JobId, number: JobNumber) {
        self.0.send(Told::Stop(id.clone(), number)).ok();
    }
}

/// The histories, as far as generations go.
#[derive(Debug, Default)]
struct Generations(Mutex<BTreeMap<JobId, JobNumber>>);

impl GenerationListener for Generations {
    fn generation_started(&self, id: &JobId, number: JobNumber) {
        // Others get a chance to come between this and the commit.
        thread::yield_now();
        self.0.lock().unwrap().insert(id.clone(), number);
        thread::yield_now();
    }

    fn generation_ended(&self, id: &JobId, number: JobNumber) {
        let mut generations = self.0.lock().unwrap();
        if generations.get(id) == Some(&number) {
            generations.remove(id);
        }
    }
}

struct World {
    committer: Arc<Committer>,
    jobs: Arc<JobOrchestrator>,
    generations: Arc<Generations>,
    told: Receiver<Told>,
    layer: LayerId,
}

fn workflow() -> WorkflowId {
    "dummy/w/1".parse().unwrap()
}

fn job(source: &str) -> JobId {
    JobId {
        workflow: workflow(),
        source: source.to_owned(),
    }
}

impl World {
    /// A workflow for the sources `a` and `b`, and a layer that shows `a`; the runner's queue holds `room`.
    fn new(room: usize) -> Self {
        let state = SharedState::new(Epoch::random(), 0);
        let committer = Committer::new(state, Limits::default(), Clock::system());
        let committer = Arc::new(committer);
        let layer = LayerId::random();
        committer.commit(|_| arranged(layer));
        let (sender, told) = sync_channel(room);
        let generations = Arc::new(Generations::default());
        let jobs = Arc::new(JobOrchestrator::new(
            Arc::clone(&committer),
            Arc::new(Queue(sender)),
            Arc::clone(&generations) as _,
            Clock::system(),
        ));
        Self {
            committer,
            jobs,
            generations,
            told,
            layer,
        }
    }

    fn start(&self, sources: &[&str]) -> JobNumber {
        let sources: Vec<String> = sources.iter().map(|&name| name.to_owned()).collect();
        let started = self.jobs.start(&workflow(), &sources, &JsonText::empty());
        started.unwrap().0
    }

    fn phase(&self) -> LayerPhase {
        let state = self.committer.read();
        state.layer_state(self.layer).unwrap().phase.clone()
    }
}

fn arranged(layer: LayerId) -> Transaction {
    let source = |name: &str| SourceInfo {
        name: name.to_owned(),
        title: name.to_owned(),
    };
    let shown = DataSource {
        workflow: workflow(),
        output: "o".to_owned(),
        sources: vec!["a".to_owned()],
    };
    let mut transaction = Transaction::new();
    transaction.upsert(Object::Workflow(Workflow {
        id: workflow(),
        title: String::new(),
        description: String::new(),
        sources: vec![source("a"), source("b")],
        views: Vec::new(),
    }));
    transaction.upsert(Object::Layer(Layer {
        id: layer,
        cell: CellId::random(),
        order: 0,
        title: String::new(),
        config: LayerConfig {
            plotter: "lines".to_owned(),
            sources: BTreeMap::from([(DataRole::Primary, shown)]),
            params: JsonText::empty(),
        },
        hidden: false,
    }));
    transaction.upsert(Object::LayerState(LayerState {
        id: layer,
        phase: LayerPhase::Waiting,
        interval_ns: None,
    }));
    transaction
}

#[test]
fn concurrent_starts_agree_about_the_newest_generation() {
    let world = World::new(1_000);
    thread::scope(|scope| {
        for _ in 0..8 {
            let jobs = &world.jobs;
            scope.spawn(move || {
                for _ in 0..20 {
                    let started = jobs.start(&workflow(), &[], &JsonText::empty());
                    assert!(started.is_ok());
                }
            });
        }
    });
    let state = world.committer.read();
    let number = state.job(&job("a")).unwrap().number;
    let heard = world.generations.0.lock().unwrap()[&job("a")];
    assert_eq!(heard, number, "the histories take what the job makes");
    let told = world.told.try_iter();
    let last = told.filter(|it| matches!(it, Told::Start(id, _) if *id == job("a")));
    assert_eq!(last.last(), Some(Told::Start(job("a"), number)));
}

#[test]
fn a_stop_does_not_wait_for_a_full_runner_while_it_commits() {
    let world = World::new(1);
    let number = world.start(&["a"]);
    let jobs = Arc::clone(&world.jobs);
    // The queue is full, so this waits for the runner to take something.
    let stopping = thread::spawn(move || jobs.stop(&workflow(), &[]));
    let deadline = std::time::Instant::now() + Duration::from_secs(5);
    while world.phase() != LayerPhase::Stopped {
        assert!(
            std::time::Instant::now() < deadline,
            "the stop is committed"
        );
        thread::yield_now();
    }
    // The runner can commit what it reports meanwhile, then takes its commands.
    world.jobs.handle_reports(vec![JobReport {
        id: job("a"),
        number,
        state: JobState::Running,
    }]);
    let taken: Vec<Told> = world.told.iter().take(2).collect();
    let expected = [Told::Start(job("a"), number), Told::Stop(job("a"), number)];
    assert_eq!(taken, expected);
    assert!(stopping.join().unwrap().is_ok());
    assert!(world.generations.0.lock().unwrap().is_empty());
}

#[test]
fn stopping_what_does_not_run_changes_nothing() {
    let world = World::new(10);
    let before = world.committer.read().stamp();
    assert_eq!(world.jobs.stop(&workflow(), &[]), Ok(before));
    assert_eq!(world.phase(), LayerPhase::Waiting, "it never ran");

    world.start(&["b"]);
    let before = world.committer.read().stamp();
    assert_eq!(world.jobs.stop(&workflow(), &["a".to_owned()]), Ok(before));

    world.start(&["a"]);
    world.jobs.stop(&workflow(), &[]).unwrap();
    assert_eq!(world.phase(), LayerPhase::Stopped);
    let after = world.committer.read().stamp();
    assert_eq!(world.jobs.stop(&workflow(), &[]), Ok(after));
}

#[test]
fn a_source_named_twice_is_started_once() {
    let world = World::new(10);
    let number = world.start(&["a", "a"]);
    let told: Vec<Told> = world.told.try_iter().collect();
    assert_eq!(told, [Told::Start(job("a"), number)]);
}
