//! Whether a layer can be drawn at all, told from declarations before data exist.

use std::collections::BTreeSet;

use shared::id::WorkflowId;
use shared::job::{OutputInfo, Temporality, Workflow};
use shared::params::{AppliesTo, Group, Schema};
use shared::plot::RoleInfo;
use shared::region::Region;
use shared::topology::{DataRole, DataSource, LayerConfig};

use super::plotters::{self, PlotterError};
use crate::jobs::JobError;
use crate::results::Extractor;

/// What is wrong with a layer's configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerProblem {
    /// The field, such as `sources.primary.output` or `params.window.seconds`.
    pub field: String,
    /// What is wrong and what to do.
    pub reason: String,
}

fn problem(field: impl Into<String>, reason: impl Into<String>) -> LayerProblem {
    LayerProblem {
        field: field.into(),
        reason: reason.into(),
    }
}

/// Checks a layer's configuration against the plotters there are, and against the workflows that `find` knows.
///
/// # Errors
/// With the first thing that is wrong.
pub fn check_config<'a>(
    config: &LayerConfig,
    find: impl Fn(&WorkflowId) -> Option<&'a Workflow>,
) -> Result<(), LayerProblem> {
    let plotter = config.plotter.as_str();
    let info = plotters::info(plotter).map_err(|error| problem("plotter", error.to_string()))?;
    let is_missing = |it: &&RoleInfo| it.is_required && !config.sources.contains_key(&it.role);
    if let Some(missing) = info.roles.iter().find(is_missing) {
        let reason = format!("{plotter} needs data here: name a workflow, its output and sources");
        return Err(problem(
            format!("sources.{}", missing.role.as_str()),
            reason,
        ));
    }
    let mut drawn = Vec::new();
    for (role, source) in &config.sources {
        let field = |rest: &str| format!("sources.{}{rest}", role.as_str());
        let Some(role_info) = info.role(*role) else {
            let reason = format!("{plotter} takes no data here: leave it out");
            return Err(problem(field(""), reason));
        };
        let workflow = find(&source.workflow)
            .ok_or_else(|| unknown_workflow(field(".workflow"), &source.workflow))?;
        let output = output_of(workflow, source, &field(".output"))?;
        check_sources(workflow, source, role_info.max_sources, &field(".sources"))?;
        check_fits(plotter, *role, output, &field(".output"))?;
        if *role == DataRole::Primary {
            check_applies(config, &info.schema, output)?;
        }
        drawn.push(output);
    }
    check_plotter(config, &drawn)
}

/// Checks whether there are images that a region can lie on.
///
/// # Errors
/// With the first thing that is wrong.
pub(super) fn check_region<'a>(
    region: &Region,
    find: impl Fn(&WorkflowId) -> Option<&'a Workflow>,
) -> Result<(), LayerProblem> {
    let workflow =
        find(&region.workflow).ok_or_else(|| unknown_workflow("workflow", &region.workflow))?;
    if workflow.region_plane().is_none() {
        let reason = format!(
            "{:?} has no images: name the workflow of a detector",
            workflow.title
        );
        return Err(problem("workflow", reason));
    }
    if workflow.sources.iter().any(|it| it.name == region.source) {
        return Ok(());
    }
    let known: Vec<_> = workflow.sources.iter().map(|it| it.name.as_str()).collect();
    let reason = format!(
        "workflow {:?} has no source {:?}; use one of {}",
        workflow.id.name,
        region.source,
        known.join(", ")
    );
    Err(problem("source", reason))
}

/// What is said of a workflow that commands about jobs do not find either.
fn unknown_workflow(field: impl Into<String>, id: &WorkflowId) -> LayerProblem {
    problem(field, JobError::UnknownWorkflow(id.clone()).to_string())
}

fn output_of<'a>(
    workflow: &'a Workflow,
    source: &DataSource,
    field: &str,
) -> Result<&'a OutputInfo, LayerProblem> {
    let found = workflow.outputs().find(|it| it.name == source.output);
    found.ok_or_else(|| {
        let known: Vec<_> = workflow.outputs().map(|it| it.name.as_str()).collect();
        let reason = format!(
            "workflow {:?} has no output {:?}; use one of {}",
            workflow.id.name,
            source.output,
            known.join(", ")
        );
        problem(field, reason)
    })
}

fn check_sources(
    workflow: &Workflow,
    source: &DataSource,
    most: u32,
    field: &str,
) -> Result<(), LayerProblem> {
    let known = || workflow.sources.iter().map(|it| it.name.as_str());
    let mut seen = BTreeSet::new();
    for name in &source.sources {
        if !known().any(|it| it == name) {
            let reason = format!(
                "workflow {:?} has no source {name:?}; use some of {}",
                workflow.id.name,
                known().collect::<Vec<_>>().join(", ")
            );
            return Err(problem(field, reason));
        }
        if !seen.insert(name) {
            let reason = format!("source {name:?} is named twice: name it once");
            return Err(problem(field, reason));
        }
    }
    match seen.len() {
        0 => Err(problem(
            field,
            "without a source nothing is shown: name at least one",
        )),
        found if found > most as usize => {
            let reason =
                format!("this plotter shows {most} at most, and {found} are named: name fewer");
            Err(problem(field, reason))
        }
        _ => Ok(()),
    }
}

/// Whether the plotter takes an output in a role.
fn check_fits(
    plotter: &str,
    role: DataRole,
    output: &OutputInfo,
    field: &str,
) -> Result<(), LayerProblem> {
    let fitting: Vec<_> = plotters::compatible(role, output).collect();
    if fitting.contains(&plotter) {
        return Ok(());
    }
    let (name, dims) = (&output.name, output.dims.len());
    Err(match role {
        DataRole::Primary => {
            let reason = if fitting.is_empty() {
                format!("no plotter draws {name:?} with its {dims} dimensions: use another output")
            } else {
                let others = fitting.join(" or ");
                format!("{plotter} cannot draw {name:?} with its {dims} dimensions; use {others}")
            };
            problem("plotter", reason)
        }
        DataRole::XAxis | DataRole::YAxis => {
            let reason = format!(
                "{name:?} with its {dims} dimensions is no axis: choose single values whose history is kept"
            );
            problem(field, reason)
        }
    })
}

/// Whether the parameters ask nothing that means nothing for the output.
fn check_applies(
    config: &LayerConfig,
    schema: &Schema,
    output: &OutputInfo,
) -> Result<(), LayerProblem> {
    let of_counts = |it: &&Group| it.applies_to == AppliesTo::Counts;
    for group in schema.groups.iter().filter(of_counts) {
        let asked = group.fields.iter().find(|field| {
            let asked = config.params.object().get(&group.name);
            asked
                .and_then(|it| it.get(&field.name))
                .is_some_and(|it| *it != field.default)
        });
        if let Some(field) = asked.filter(|_| !group.applies_to.fits(output)) {
            let (name, unit) = (&output.name, output.unit.symbol());
            let reason =
                format!("{name:?} is in {unit:?}, and only counts have a rate: leave it out");
            return Err(problem(
                format!("params.{}.{}", group.name, field.name),
                reason,
            ));
        }
    }
    Ok(())
}

/// Whether the plotter's parameters fit what it is given.
fn check_plotter(config: &LayerConfig, drawn: &[&OutputInfo]) -> Result<(), LayerProblem> {
    let plotter = config.plotter.as_str();
    let made = plotters::make(plotter, &config.params).map_err(|error| match error {
        PlotterError::Params { reason, .. } if reason.field == "params" => {
            problem("params", reason.reason)
        }
        PlotterError::Params { reason, .. } => {
            problem(format!("params.{}", reason.field), reason.reason)
        }
        PlotterError::Unknown { .. } => problem("plotter", error.to_string()),
    })?;
    if let Some(refusal) = drawn.iter().find_map(|output| made.refusal(output)) {
        let field = format!("params.{}", refusal.field);
        return Err(problem(field, refusal.reason));
    }
    let cumulative = |it: &&&OutputInfo| it.temporality == Temporality::Cumulative;
    if matches!(made.extractor(), Extractor::Window { .. })
        && let Some(output) = drawn.iter().find(cumulative)
    {
        let reason = format!(
            "{:?} counts since the start, which no window can cut: use 0, or an output that counts anew",
            output.name
        );
        return Err(problem("params.window.seconds", reason));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use shared::data::Unit;
    use shared::job::{OutputView, SourceInfo};
    use shared::topology::JsonText;

    use super::*;

    fn panel_view() -> Workflow {
        let output = |name: &str, temporality| OutputInfo {
            name: name.to_owned(),
            title: String::new(),
            dims: vec!["y".to_owned(), "x".to_owned()],
            unit: Unit::counts(),
            temporality,
        };
        Workflow {
            id: "dummy/panel_0_xy/1".parse().unwrap(),
            title: String::new(),
            description: String::new(),
            sources: vec![SourceInfo {
                name: "panel_0".to_owned(),
                title: String::new(),
            }],
            views: vec![OutputView {
                name: "image".to_owned(),
                title: String::new(),
                outputs: vec![
                    output("current", Temporality::Window),
                    output("cumulative", Temporality::Cumulative),
                    OutputInfo {
                        unit: Unit::new("K"),
                        ..output("mean", Temporality::Window)
                    },
                ],
            }],
        }
    }

    fn config(plotter: &str, workflow: &str, output: &str, sources: &[&str]) -> LayerConfig {
        let source = DataSource {
            workflow: format!("dummy/{workflow}/1").parse().unwrap(),
            output: output.to_owned(),
            sources: sources.iter().map(|&it| it.to_owned()).collect(),
        };
        LayerConfig {
            plotter: plotter.to_owned(),
            sources: [(DataRole::Primary, source)].into(),
            params: JsonText::empty(),
        }
    }

    fn panel() -> LayerConfig {
        config("image", "panel_0_xy", "current", &["panel_0"])
    }

    fn found(config: &LayerConfig) -> Option<String> {
        let workflow = panel_view();
        let find = |id: &WorkflowId| (workflow.id == *id).then_some(&workflow);
        let problem = check_config(config, find).err()?;
        Some(format!("{}: {}", problem.field, problem.reason))
    }

    #[test]
    fn what_can_be_drawn_passes() {
        assert_eq!(found(&panel()), None);
        let mut windowed = panel();
        windowed.params = serde_json::from_str(r#"{"window":{"seconds":3600}}"#).unwrap();
        assert_eq!(found(&windowed), None);
    }

    #[test]
    fn what_nothing_draws_is_not_sent_to_another_plotter() {
        let mut workflow = panel_view();
        workflow.views[0].outputs[0].dims = vec!["x".to_owned(); 7];
        let refused = check_config(&panel(), |_| Some(&workflow)).expect_err("7 dimensions");
        assert_eq!(
            refused.reason,
            "no plotter draws \"current\" with its 7 dimensions: use another output"
        );
    }

    #[test]
    fn each_fault_is_told_at_its_field() {
        let with_params = |config: LayerConfig, params: &str| LayerConfig {
            params: serde_json::from_str(params).unwrap(),
            ..config
        };
        let mut without = panel();
        without.sources.clear();
        let mut y_axis = panel();
        let source = y_axis.sources[&DataRole::Primary].clone();
        y_axis.sources.insert(DataRole::YAxis, source);
        let kelvin = config("image", "panel_0_xy", "mean", &["panel_0"]);
        let cumulative = config("image", "panel_0_xy", "cumulative", &["panel_0"]);
        let window = r#"{"window":{"seconds":2}}"#;
        for (config, start) in [
            (
                config("pie", "panel_0_xy", "current", &["panel_0"]),
                "plotter: there is no plotter",
            ),
            (without, "sources.primary: image needs data"),
            (y_axis, "sources.y_axis: image takes no data"),
            (
                config("image", "nothing", "current", &["panel_0"]),
                "sources.primary.workflow: ",
            ),
            (
                config("image", "panel_0_xy", "no", &["panel_0"]),
                "sources.primary.output: ",
            ),
            (
                config("image", "panel_0_xy", "current", &["b"]),
                "sources.primary.sources: workflow",
            ),
            (
                config("image", "panel_0_xy", "current", &[]),
                "sources.primary.sources: without",
            ),
            (
                config("image", "panel_0_xy", "current", &["panel_0", "panel_0"]),
                "sources.primary.sources: source \"panel_0\" is named twice",
            ),
            (
                config("lines", "panel_0_xy", "current", &["panel_0"]),
                "plotter: lines cannot draw",
            ),
            (
                with_params(kelvin, r#"{"rate":{"per_second":true}}"#),
                "params.rate.per_second: \"mean\" is in \"K\"",
            ),
            (with_params(panel(), r#"{"no":1}"#), "params: unknown field"),
            (
                with_params(panel(), r#"{"window":{"seconds":-1}}"#),
                "params.window.seconds: ",
            ),
            (
                with_params(cumulative, window),
                "params.window.seconds: \"cumulative\"",
            ),
        ] {
            let found = found(&config).expect("this is refused");
            assert!(found.starts_with(start), "{found} is not {start}");
        }
    }
}
