//! What each layer is computed from: the one way from results to a picture.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use shared::id::{JobId, JobNumber, LayerId, ResultKey};
use shared::job::Workflow;
use shared::object::{Object, ObjectId};
use shared::plot::frame::Frame;
use shared::sync::state::SharedState;
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
    let mut inputs = Inputs::default();
    let mut interval_ns: Option<i64> = None;
    let mut silent: BTreeMap<DataRole, Vec<(&PlannedInput, ExtractError)>> = BTreeMap::new();
    for (planned, read) in planned.iter().zip(read) {
        match read {
            Ok(Some(extracted)) => {
                interval_ns = interval_ns.into_iter().chain(extracted.interval_ns).min();
                inputs.0.entry(planned.role).or_default().push(Input {
                    title: Arc::clone(&planned.title),
                    key: planned.key.clone(),
                    data: extracted.data,
                    note: extracted.note,
                });
            }
            Ok(None) => {}
            Err(error @ ExtractError::Silent { .. }) => {
                silent
                    .entry(planned.role)
                    .or_default()
                    .push((planned, error));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let roles: BTreeSet<DataRole> = planned.iter().map(|input| input.role).collect();
    if let Some(empty) = roles.iter().find(|role| !inputs.0.contains_key(role)) {
        let error = silent.get(empty).and_then(|silent| silent.first());
        return Err(error.map_or(InputsError::Waiting, |(_, error)| (*error).into()));
    }
    for (role, silent) in silent {
        let first = inputs
            .0
            .get_mut(&role)
            .and_then(|inputs| inputs.first_mut());
        if let Some(first) = first {
            let own = first.note.take().into_iter().map(|note| note.to_string());
            let absent = silent
                .iter()
                .map(|(input, error)| format!("{}: {error}", input.title));
            let notes: Vec<String> = own.chain(absent).collect();
            first.note = Some(notes.join("; ").into());
        }
    }
    if roles.is_empty() {
        return Err(InputsError::Waiting);
    }
    Ok(Assembled {
        inputs,
        interval_ns,
    })
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
    use shared::time::{TimeInterval, TimeNs};

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
        let inputs = &assembled.inputs.0[&DataRole::Primary];
        assert_eq!(inputs.len(), 2);
        let note = inputs[0].note.as_deref();
        let expected = "a: no data in the last 2 s: the newest are 9.0 s older than other data";
        assert_eq!(note, Some(expected));
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
