//! Which workflows an instrument offers, what they will produce, and how one is made for a source.

use shared::id::WorkflowId;
use shared::job::{OutputView, SourceInfo};
use shared::params::ParamError;
use shared::topology::JsonText;

use crate::instrument::{Instrument, Workflow, WorkflowKind};

use super::panel::Panel;
use super::plan::Plan;
use super::region_spectra::region_views;
use super::workflows::{
    AreaView, MonitorHistogram, Timeseries, TotalCounts, detector_view, layers, pixel_views,
};

/// Why a workflow cannot start for a source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// The instrument has no such workflow.
    #[error("there is no workflow {0}; the instrument file lists those there are")]
    UnknownWorkflow(WorkflowId),
    /// The workflow is not offered for this source.
    #[error("{workflow} is not offered for {source_name}; choose one of {}", .offered.join(", "))]
    UnknownSource {
        /// The workflow's name.
        workflow: String,
        /// What was asked for.
        source_name: String,
        /// What can be asked for.
        offered: Vec<String>,
    },
    /// A parameter cannot be used.
    #[error(transparent)]
    Params(#[from] ParamError),
}

/// Checks whether `workflow` can run for `source`; the [`Plan`] makes what reduces. Parameters that `params` leaves out
/// come from the instrument file, then from the kind's defaults.
pub fn plan(
    instrument: &Instrument,
    workflow: &WorkflowId,
    source: &str,
    params: &JsonText,
) -> Result<Plan, CreateError> {
    let declared = find(instrument, workflow)?;
    if !declared.sources.iter().any(|name| name == source) {
        return Err(CreateError::UnknownSource {
            workflow: declared.name.clone(),
            source_name: source.to_owned(),
            offered: declared.sources.clone(),
        });
    }
    let params = merged(&declared.params, params.object());
    let view = declared.view.as_ref();
    Ok(match declared.kind {
        WorkflowKind::DetectorView => detector_view::plan(instrument, source, view, &params)?,
        WorkflowKind::DetectorLayers => layers::plan(instrument, source, view, &params)?,
        WorkflowKind::AreaDetectorView => AreaView::plan(instrument, source, &params)?,
        WorkflowKind::MonitorHistogram => Plan::small(MonitorHistogram::create(&params)?),
        WorkflowKind::Timeseries => Plan::small(Timeseries::create(instrument, source, &params)?),
        WorkflowKind::TotalCounts => Plan::small(TotalCounts::create(&params)?),
    })
}

/// Everything the instrument offers, outputs included, before any data exist.
pub fn declarations(instrument: &Instrument) -> Vec<shared::job::Workflow> {
    let sources = |workflow: &Workflow| {
        let title = |name: &String| instrument.stream(name).map(|stream| stream.title.clone());
        let info = |name: &String| SourceInfo {
            name: name.clone(),
            title: title(name).unwrap_or_else(|| name.clone()),
        };
        workflow.sources.iter().map(info).collect()
    };
    let declaration = |workflow: &Workflow| shared::job::Workflow {
        id: workflow_id(instrument, workflow),
        title: workflow.title.clone(),
        description: workflow.description.clone(),
        sources: sources(workflow),
        views: views(instrument, workflow),
    };
    instrument.workflows.iter().map(declaration).collect()
}

/// The id of a declared workflow.
pub fn workflow_id(instrument: &Instrument, workflow: &Workflow) -> WorkflowId {
    WorkflowId {
        instrument: instrument.name.clone(),
        name: workflow.name.clone(),
        version: workflow.version,
    }
}

/// The outputs of a workflow. Sources of one workflow have the same outputs; where their axes or units
/// differ, those of the first are told.
fn views(instrument: &Instrument, workflow: &Workflow) -> Vec<OutputView> {
    let first = workflow.sources.first().map_or("", String::as_str);
    let view = workflow.view.as_ref();
    match workflow.kind {
        WorkflowKind::DetectorView => {
            let mut views = pixel_views(instrument, first, view);
            if Panel::dims_of(instrument, first, view).len() == 2 {
                views.push(region_views());
            }
            views
        }
        WorkflowKind::DetectorLayers => pixel_views(instrument, first, view),
        WorkflowKind::AreaDetectorView => AreaView::views(instrument, first),
        WorkflowKind::MonitorHistogram => MonitorHistogram::views(),
        WorkflowKind::Timeseries => Timeseries::views(instrument, first),
        WorkflowKind::TotalCounts => TotalCounts::views(),
    }
}

fn find<'i>(instrument: &'i Instrument, id: &WorkflowId) -> Result<&'i Workflow, CreateError> {
    let known = |workflow: &&Workflow| workflow_id(instrument, workflow) == *id;
    let mut workflows = instrument.workflows.iter();
    let found = workflows.find(known);
    found.ok_or_else(|| CreateError::UnknownWorkflow(id.clone()))
}

type Object = serde_json::Map<String, serde_json::Value>;

/// `over` laid over `base`, group by group: a group may be given in part.
fn merged(base: &Object, over: &Object) -> JsonText {
    let mut merged = base.clone();
    for (key, value) in over {
        match (merged.get_mut(key), value) {
            (Some(serde_json::Value::Object(group)), serde_json::Value::Object(fields)) => {
                group.extend(fields.clone());
            }
            _ => {
                merged.insert(key.clone(), value.clone());
            }
        }
    }
    JsonText::new(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument;

    fn dummy() -> Instrument {
        instrument::load("dummy", None).expect("shipped")
    }

    fn make(name: &str, source: &str, params: &str) -> Result<(), CreateError> {
        let instrument = dummy();
        let id = WorkflowId {
            instrument: "dummy".to_owned(),
            name: name.to_owned(),
            version: 1,
        };
        let params = serde_json::from_str(params).expect("an object");
        plan(&instrument, &id, source, &params).map(|plan| drop(plan.make()))
    }

    #[test]
    fn every_declared_workflow_can_be_made_for_each_of_its_sources() {
        let instrument = dummy();
        for workflow in &instrument.workflows {
            let id = workflow_id(&instrument, workflow);
            for source in &workflow.sources {
                let planned = plan(&instrument, &id, source, &JsonText::empty());
                planned
                    .unwrap_or_else(|error| panic!("{id}: {error}"))
                    .make();
            }
        }
    }

    #[test]
    fn outputs_are_declared_before_data() {
        let workflows = declarations(&dummy());
        let outputs = |name: &str| -> Vec<_> {
            let found = workflows.iter().find(|w| w.id.name == name).expect(name);
            let text = |o: &shared::job::OutputInfo| format!("{} {}", o.name, o.dims.join(","));
            found.outputs().map(text).collect()
        };
        assert_eq!(
            outputs("panel_0_xy"),
            [
                "cumulative y,x",
                "current y,x",
                "counts_total_cumulative ",
                "counts_total ",
                "counts_in_toa_range_cumulative ",
                "counts_in_toa_range ",
                "roi_spectra_cumulative roi,time_of_arrival",
                "roi_spectra_current roi,time_of_arrival",
            ]
        );
        assert_eq!(
            outputs("panel_0_layers")[..2],
            ["cumulative layer,y,x", "current layer,y,x"]
        );
        assert_eq!(outputs("timeseries_data"), ["delta time"]);
        assert_eq!(outputs("area_panel_xy"), ["cumulative y,x", "current y,x"]);
        assert_eq!(outputs("monitor_histogram")[1], "current time_of_arrival");
    }

    #[test]
    fn what_cannot_be_made_says_what_could() {
        let error = make("panel_0_xy", "panel_9", "{}").expect_err("no such source");
        assert!(
            error.to_string().ends_with("choose one of panel_0"),
            "{error}"
        );
        assert!(matches!(
            make("nothing", "panel_0", "{}"),
            Err(CreateError::UnknownWorkflow(_))
        ));
        let error = make("panel_0_xy", "panel_0", r#"{"toa_edges": {"num_bins": 0}}"#);
        let text = error.expect_err("no bins").to_string();
        assert!(text.starts_with("toa_edges.num_bins: must lie"), "{text}");
    }

    #[test]
    fn groups_of_parameters_may_be_given_in_part() {
        let base = serde_json::json!({"toa_edges": {"num_bins": 7, "stop": 5.0}});
        let over = serde_json::json!({"toa_edges": {"stop": 6.0}, "toa_range": {"enabled": true}});
        let merged = merged(
            base.as_object().expect("object"),
            over.as_object().expect("object"),
        );
        let expected = serde_json::json!(
            {"toa_edges": {"num_bins": 7, "stop": 6.0}, "toa_range": {"enabled": true}}
        );
        assert_eq!(serde_json::Value::Object(merged.object().clone()), expected);
    }
}
