//! What each layer is computed from: the one way from results to a picture.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use shared::data::Unit;
use shared::id::{JobId, JobNumber, LayerId, RegionId, ResultKey};
use shared::job::JobState;
use shared::object::ObjectId;
use shared::plot::Preview;
use shared::plot::frame::Frame;
use shared::sync::state::SharedState;
use shared::topology::{Layer, LayerConfig};
use shared::version::Revision;

use super::assembly::{Assembled, InputsError, PlannedInput, assemble};
use super::plotters::{self, Inputs, PlotError, Plotter, PlotterError};
use crate::jobs::GenerationListener;
use crate::results::{DataService, Extractor, Want};
use crate::state::Committer;

/// How long history is kept for a preview that is not asked for again.
const PREVIEW_LASTS: Duration = Duration::from_secs(30);

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
    /// The region that it is about.
    region: Option<RegionId>,
    /// The history that the inputs need.
    wants: Vec<Want>,
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
        Ok(self.assemble(&*self.plan_of_data(state, layer)?)?.inputs)
    }

    /// The newest picture of a layer as it is in `state`, computed for whoever asks, whether or not anybody looks at it.
    pub fn picture(&self, state: &SharedState, layer: LayerId) -> Result<Arc<Frame>, InputsError> {
        match self.compute_plan(&*self.plan_of_data(state, layer)?) {
            Computed::Frame { frame, .. } => Ok(frame),
            Computed::Waiting => Err(InputsError::Waiting),
            Computed::Failed(message) => Err(InputsError::NoPlan(message)),
        }
    }

    /// Computes the picture of a layer. Neither ingest nor any session waits for it.
    pub(super) fn compute(&self, layer: LayerId) -> Computed {
        self.update_plans(&self.committer.read());
        self.plan(layer)
            .map_or(Computed::Waiting, |plan| self.compute_plan(&plan))
    }

    /// Computes what a layer would show whose configuration was found to be right, and forgets it. History is kept
    /// for it as long as it is asked for again and again.
    pub fn preview(&self, state: &SharedState, config: &LayerConfig) -> Preview {
        let plan = plan_layer(state, config);
        for input in &plan.inputs {
            let until = Instant::now() + PREVIEW_LASTS;
            self.data.want_until(&input.key, input.extractor, until);
        }
        match self.compute_plan(&plan) {
            Computed::Waiting => Preview::Waiting,
            Computed::Frame { frame, .. } => Preview::Drawn(frame),
            Computed::Failed(message) => Preview::Failed(message),
        }
    }

    fn compute_plan(&self, plan: &Plan) -> Computed {
        let plotter = match &plan.plotter {
            Ok(plotter) => plotter,
            Err(message) => return Computed::Failed(message.clone()),
        };
        let assembled = match self.assemble(plan) {
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

    /// The plan of a layer that shows data, as it is in `state`.
    fn plan_of_data(&self, state: &SharedState, layer: LayerId) -> Result<Arc<Plan>, InputsError> {
        self.update_plans(state);
        let plan = self
            .plan(layer)
            .ok_or_else(|| InputsError::NoPlan(format!("there is no layer {layer}")))?;
        if plan.inputs.is_empty() {
            return Err(InputsError::Static);
        }
        Ok(plan)
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
        let state = self.committer.read();
        let is_stopped = |key: &ResultKey| {
            let job = JobId {
                workflow: key.workflow.clone(),
                source: key.source.clone(),
            };
            let job = state.job(&job);
            job.is_some_and(|job| job.state == JobState::Stopped)
        };
        assemble(&plan.inputs, self.data.read(&wanted), is_stopped)
    }

    /// Plans the layers that changed since the last time; the others keep theirs.
    fn update_plans(&self, state: &SharedState) {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let planned = plans.planned;
        if state.stamp().revision <= planned {
            return;
        }
        plans.planned = state.stamp().revision;
        if !state.tells_removals_since(planned) {
            plans.forget_removed(state);
        }
        for change in state.changes_since(planned) {
            let changed = match change.id {
                ObjectId::Layer(id) => vec![id],
                ObjectId::Region(id) => plans.about(id),
                _ => continue,
            };
            for id in changed {
                // Its wants end after those of its successor began, so that no history is lost between them.
                let _former = plans.forget(id);
                if let Some(layer) = state.layer(id) {
                    self.add_plan(&mut plans, state, layer);
                }
            }
        }
    }

    fn add_plan(&self, plans: &mut Plans, state: &SharedState, layer: &Layer) {
        let mut plan = plan_layer(state, &layer.config);
        for input in &plan.inputs {
            plan.wants.push(self.data.want(&input.key, input.extractor));
            plans
                .by_key
                .entry(input.key.clone())
                .or_default()
                .insert(layer.id);
        }
        plans.by_layer.insert(layer.id, Arc::new(plan));
    }
}

impl Plans {
    fn forget(&mut self, layer: LayerId) -> Option<Arc<Plan>> {
        let plan = self.by_layer.remove(&layer)?;
        for input in &plan.inputs {
            if let Some(layers) = self.by_key.get_mut(&input.key) {
                layers.remove(&layer);
                if layers.is_empty() {
                    self.by_key.remove(&input.key);
                }
            }
        }
        Some(plan)
    }

    /// The layers that are about a region.
    fn about(&self, region: RegionId) -> Vec<LayerId> {
        let layers = self.by_layer.iter();
        let about = layers.filter(|(_, plan)| plan.region == Some(region));
        about.map(|(id, _)| *id).collect()
    }

    /// Forgets the layers that `state` does not have.
    fn forget_removed(&mut self, state: &SharedState) {
        let planned = self.by_layer.keys().copied();
        let removed: Vec<LayerId> = planned.filter(|id| state.layer(*id).is_none()).collect();
        for layer in removed {
            self.forget(layer);
        }
    }
}

fn plan_layer(state: &SharedState, config: &LayerConfig) -> Plan {
    let plotter = plotters::make(&config.plotter, &config.params);
    let plotter = plotter.map_err(|error: PlotterError| error.to_string());
    let region = plotter.as_ref().ok().and_then(|it| it.region());
    let extractor = plotter
        .as_ref()
        .map_or(Extractor::Latest, |it| it.extractor());
    let (plotter, extractor) = match region.map(|id| edition_of(state, id)).transpose() {
        Ok(edition) => (plotter, extractor.of_region(edition)),
        Err(message) => (Err(message), extractor),
    };
    let mut inputs = Vec::new();
    for (role, source) in &config.sources {
        let workflow = state.workflow(&source.workflow);
        for name in &source.sources {
            let title = workflow.and_then(|it| it.source_title(name));
            inputs.push(PlannedInput {
                role: *role,
                title: title.unwrap_or(name).into(),
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
        plotter,
        inputs,
        region,
        wants: Vec::new(),
    }
}

/// The edition under which a job tells the data of a region, or why there are none.
fn edition_of(state: &SharedState, id: RegionId) -> Result<u64, String> {
    let region = state
        .region(id)
        .ok_or("the region was removed: choose another one")?;
    let index = Unit::dimensionless();
    let area = region.area_in([&index, &index]);
    let area =
        area.ok_or("the units of the region do not convert into those of the image: draw it anew")?;
    Ok(region.edition(&area))
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
mod tests;
