//! What each layer is computed from: the one way from results to a picture.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};

use shared::id::{JobId, JobNumber, LayerId, ResultKey};
use shared::job::Workflow;
use shared::layer_state::{Silence, stale_after_ns};
use shared::object::{Object, ObjectId};
use shared::plot::frame::Frame;
use shared::sync::state::SharedState;
use shared::time::TimeNs;
use shared::topology::{DataRole, Layer};
use shared::version::Revision;

use super::plotters::{self, Input, Inputs, PlotError, Plotter, PlotterError};
use crate::jobs::GenerationListener;
use crate::results::{DataService, ExtractError, Extracted, Extractor};
use crate::state::Committer;

/// Computes layers from results.
#[derive(Debug)]
pub struct PlottingController {
    committer: Arc<Committer>,
    data: Arc<DataService>,
    plans: Mutex<Plans>,
}

#[derive(Debug, Default)]
struct Plans {
    by_layer: BTreeMap<LayerId, Arc<Plan>>,
    by_key: BTreeMap<ResultKey, BTreeSet<LayerId>>,
    /// The revision up to which layers are planned.
    planned: Revision,
}

/// How one layer is computed.
#[derive(Debug)]
struct Plan {
    plotter: Result<Arc<dyn Plotter>, String>,
    inputs: Vec<PlannedInput>,
}

#[derive(Debug)]
struct PlannedInput {
    role: DataRole,
    title: Arc<str>,
    key: ResultKey,
    extractor: Extractor,
}

/// What computing a layer gave.
#[derive(Debug)]
pub(super) enum Computed {
    /// Some input has no data yet.
    Waiting,
    /// The picture.
    Frame {
        frame: Arc<Frame>,
        /// How often its data are published, ns of data time; of several sources, the most frequent one.
        interval_ns: Option<i64>,
    },
    /// It cannot be drawn now; the message says why and what to do.
    Failed(String),
}

/// A layer's data cannot be given.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InputsError {
    /// No such layer, or it cannot be drawn at all.
    #[error("{0}")]
    NoPlan(String),
    /// No data yet.
    #[error("this layer has no data yet: is its workflow running?")]
    Waiting,
    /// The buffers cannot give what the layer asks for.
    #[error(transparent)]
    Extract(#[from] ExtractError),
}

impl PlottingController {
    /// A controller of the layers in `committer`, fed from `data`.
    pub fn new(committer: Arc<Committer>, data: Arc<DataService>) -> Self {
        Self {
            committer,
            data,
            plans: Mutex::default(),
        }
    }

    /// The layers that show any of `keys`.
    pub fn layers_of(&self, keys: &BTreeSet<ResultKey>) -> BTreeSet<LayerId> {
        self.update_plans(&self.committer.read());
        let plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let layers = keys.iter().filter_map(|key| plans.by_key.get(key));
        layers.flatten().copied().collect()
    }

    /// The newest data of a layer as it is in `state`. Windows are combined here, which may take a while.
    pub fn inputs(&self, state: &SharedState, layer: LayerId) -> Result<Inputs, InputsError> {
        self.update_plans(state);
        let plan = self
            .plan(layer)
            .ok_or_else(|| InputsError::NoPlan(format!("there is no layer {layer}")))?;
        Ok(self.assemble(&plan)?.inputs)
    }

    /// Computes the picture of a layer. Neither ingest nor any session waits for it.
    pub(super) fn compute(&self, layer: LayerId) -> Computed {
        self.update_plans(&self.committer.read());
        let Some(plan) = self.plan(layer) else {
            return Computed::Waiting;
        };
        let plotter = match &plan.plotter {
            Ok(plotter) => plotter,
            Err(message) => return Computed::Failed(message.clone()),
        };
        let assembled = match self.assemble(&plan) {
            Ok(assembled) => assembled,
            Err(InputsError::Waiting) => return Computed::Waiting,
            Err(error) => return Computed::Failed(error.to_string()),
        };
        match plotter.compute(&assembled.inputs) {
            Ok(frame) => Computed::Frame {
                frame: Arc::new(frame),
                interval_ns: assembled.interval_ns,
            },
            Err(PlotError::NoData) => Computed::Waiting,
            Err(error) => Computed::Failed(error.to_string()),
        }
    }

    fn plan(&self, layer: LayerId) -> Option<Arc<Plan>> {
        let plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        plans.by_layer.get(&layer).cloned()
    }

    fn assemble(&self, plan: &Plan) -> Result<Assembled, InputsError> {
        plan.plotter
            .as_ref()
            .map_err(|message| InputsError::NoPlan(message.clone()))?;
        let wanted: Vec<_> = plan
            .inputs
            .iter()
            .map(|input| (input.key.clone(), input.extractor))
            .collect();
        assemble(&plan.inputs, self.data.read(&wanted))
    }

    /// Plans the layers that changed since the last time; the others keep theirs.
    fn update_plans(&self, state: &SharedState) {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let planned = plans.planned;
        if state.stamp().revision <= planned {
            return;
        }
        plans.planned = state.stamp().revision;
        for change in state.changes_since(planned) {
            if let ObjectId::Layer(id) = change.id {
                plans.forget(id);
                if let Some(Object::Layer(layer)) = change.value.as_deref() {
                    self.add_plan(&mut plans, state, layer);
                }
            }
        }
    }

    fn add_plan(&self, plans: &mut Plans, state: &SharedState, layer: &Layer) {
        let plan = plan_layer(state, layer);
        for input in &plan.inputs {
            self.data.want(&input.key, input.extractor);
            plans
                .by_key
                .entry(input.key.clone())
                .or_default()
                .insert(layer.id);
        }
        plans.by_layer.insert(layer.id, Arc::new(plan));
    }
}

/// What a layer is computed from, with how often that is published.
#[derive(Debug)]
struct Assembled {
    inputs: Inputs,
    interval_ns: Option<i64>,
}

/// Sorts what was read for `planned` into roles. One source of a role may have no data yet, or be silent, which is
/// noted; a whole role may not.
fn assemble(
    planned: &[PlannedInput],
    read: Vec<Result<Option<Extracted>, ExtractError>>,
) -> Result<Assembled, InputsError> {
    if planned.is_empty() {
        return Err(InputsError::Waiting);
    }
    let present = read.iter().filter_map(|it| it.as_ref().ok()?.as_ref());
    let newest = present.map(|it| it.data.time.end).max();
    let mut assembled = Assembled {
        inputs: Inputs::default(),
        interval_ns: None,
    };
    let mut silent: BTreeMap<DataRole, ExtractError> = BTreeMap::new();
    for (planned, read) in planned.iter().zip(read) {
        match read {
            Ok(Some(extracted)) => assembled.take(planned, extracted, newest),
            Ok(None) => assembled.note_absent(planned, &"no data yet"),
            Err(error @ ExtractError::Silent { age_secs, .. }) => {
                silent.entry(planned.role).or_insert(error);
                assembled.note_absent(planned, &error);
                assembled.note_silent_since(newest.map(|it| it.plus(-(age_secs * 1e9) as i64)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let roles = planned.iter().map(|input| input.role);
    let by_role = &assembled.inputs.by_role;
    if let Some(empty) = roles.into_iter().find(|role| !by_role.contains_key(role)) {
        let error = silent.get(&empty);
        return Err(error.map_or(InputsError::Waiting, |error| (*error).into()));
    }
    Ok(assembled)
}

impl Assembled {
    /// Takes the data of one source, and notes if they are older than `newest` by more than its usual pause.
    fn take(&mut self, planned: &PlannedInput, extracted: Extracted, newest: Option<TimeNs>) {
        let Extracted {
            data,
            note,
            interval_ns,
            ..
        } = extracted;
        let end = data.time.end;
        let silence_ns = newest.map_or(0, |newest| newest.since(end));
        if silence_ns > stale_after_ns(interval_ns) {
            let length = Silence::of_ns(silence_ns).length();
            self.note_absent(planned, &format_args!("no data for more than {length}"));
            self.note_silent_since(Some(end));
        }
        self.interval_ns = self.interval_ns.into_iter().chain(interval_ns).min();
        let inputs = self.inputs.by_role.entry(planned.role).or_default();
        inputs.push(Input {
            title: Arc::clone(&planned.title),
            key: planned.key.clone(),
            data,
            note,
        });
    }

    fn note_absent(&mut self, planned: &PlannedInput, why: &dyn Display) {
        self.inputs.absent.push(format!("{}: {why}", planned.title));
    }

    fn note_silent_since(&mut self, time: Option<TimeNs>) {
        let silent_since = &mut self.inputs.silent_since;
        *silent_since = silent_since.iter().copied().chain(time).min();
    }
}

impl Plans {
    fn forget(&mut self, layer: LayerId) {
        if let Some(plan) = self.by_layer.remove(&layer) {
            for input in &plan.inputs {
                if let Some(layers) = self.by_key.get_mut(&input.key) {
                    layers.remove(&layer);
                }
            }
        }
    }
}

fn plan_layer(state: &SharedState, layer: &Layer) -> Plan {
    let plotter = plotters::make(&layer.config.plotter, &layer.config.params);
    let extractor = plotter
        .as_ref()
        .map_or(Extractor::Latest, |plotter| plotter.extractor());
    let mut inputs = Vec::new();
    for (role, source) in &layer.config.sources {
        let workflow = workflow_of(state, &ObjectId::Workflow(source.workflow.clone()));
        for name in &source.sources {
            let titled = workflow.and_then(|w| w.sources.iter().find(|s| s.name == *name));
            inputs.push(PlannedInput {
                role: *role,
                title: titled.map_or(name.as_str(), |source| &source.title).into(),
                key: ResultKey {
                    workflow: source.workflow.clone(),
                    source: name.clone(),
                    output: source.output.clone(),
                },
                extractor,
            });
        }
    }
    Plan {
        plotter: plotter.map_err(|error: PlotterError| error.to_string()),
        inputs,
    }
}

fn workflow_of<'a>(state: &'a SharedState, id: &ObjectId) -> Option<&'a Workflow> {
    match &**state.object(id)?.1 {
        Object::Workflow(workflow) => Some(workflow),
        _ => None,
    }
}

impl GenerationListener for PlottingController {
    fn generation_started(&self, id: &JobId, number: JobNumber) {
        self.data.begin_generation(id, number);
    }

    fn generation_ended(&self, id: &JobId, number: JobNumber) {
        self.data.end_generation(id, number);
    }
}

#[cfg(test)]
mod tests {
    use shared::data::{DataArray, Unit, Values};
    use shared::time::TimeInterval;

    use super::*;

    fn planned(source: &str) -> PlannedInput {
        PlannedInput {
            role: DataRole::Primary,
            title: source.into(),
            key: ResultKey {
                workflow: "dummy/w/1".parse().expect("an id"),
                source: source.to_owned(),
                output: "o".to_owned(),
            },
            extractor: Extractor::Latest,
        }
    }

    fn extracted(interval_ns: i64) -> Extracted {
        Extracted {
            data: DataArray {
                label: "Counts".into(),
                unit: Unit::counts(),
                coords: Vec::new(),
                values: Arc::new(Values::U64(vec![1])),
                variances: None,
                time: TimeInterval {
                    start: TimeNs(0),
                    end: TimeNs(1),
                },
            },
            retained: None,
            note: None,
            interval_ns: Some(interval_ns),
        }
    }

    const SILENT: ExtractError = ExtractError::Silent {
        seconds: 2.0,
        age_secs: 9.0,
    };

    #[test]
    fn a_silent_source_is_absent_and_said_to_be() {
        let plan = ["a", "b", "c"].map(planned);
        let read = vec![Err(SILENT), Ok(Some(extracted(9))), Ok(Some(extracted(5)))];
        let assembled = assemble(&plan, read).expect("two sources have data");
        assert_eq!(assembled.interval_ns, Some(5));
        let inputs = assembled.inputs;
        assert_eq!(inputs.by_role[&DataRole::Primary].len(), 2);
        let expected = "a: no data in the last 2 s: the newest are 9.0 s older than other data";
        assert_eq!(inputs.absent, [expected]);
        assert_eq!(inputs.silent_since, Some(TimeNs(1 - 9_000_000_000)));
    }

    #[test]
    fn a_source_that_fell_behind_the_others_is_said_to_be_silent() {
        let plan = ["a", "b", "c"].map(planned);
        let until = |secs: i64, interval_ns| {
            let mut extracted = extracted(interval_ns);
            extracted.data.time.end = TimeNs(secs * 1_000_000_000);
            Ok(Some(extracted))
        };
        let slow_ns = 10_000_000_000;
        let read = vec![until(100, 1), until(88, 1), until(88, slow_ns)];
        let inputs = assemble(&plan, read).expect("all have data").inputs;
        assert_eq!(inputs.absent, ["b: no data for more than 10 s"]);
        assert_eq!(inputs.silent_since, Some(TimeNs(88_000_000_000)));
        let read = vec![until(100, 1), Ok(None), until(98, 1)];
        let inputs = assemble(&plan, read).expect("two have data").inputs;
        assert_eq!(inputs.absent, ["b: no data yet"]);
        assert_eq!(inputs.silent_since, None);
    }

    #[test]
    fn a_role_without_any_data_says_why() {
        let plan = ["a", "b"].map(planned);
        let error = assemble(&plan, vec![Err(SILENT), Ok(None)]).expect_err("no data");
        assert_eq!(error, InputsError::Extract(SILENT));
        let error = assemble(&plan, vec![Ok(None), Ok(None)]).expect_err("no data");
        assert_eq!(error, InputsError::Waiting);
    }
}
