//! A layer as it is being chosen: what a form holds, and what follows from each choice.

use std::collections::BTreeMap;

use shared::id::{CellId, LayerId, WorkflowId};
use shared::job::{OutputInfo, Temporality, Workflow};
use shared::params::ParamError;
use shared::plot::{Catalogue, PlotterInfo};
use shared::topology::{DataRole, DataSource, JsonText, Layer, LayerConfig};

/// More sources than this are not all chosen at once.
const MAX_CHOSEN: usize = 5;

/// A layer that is not there yet, or not as it will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What is shown.
    pub source: DataSource,
    /// How.
    pub plotter: String,
    /// What the legend says.
    pub title: String,
    /// Whether a person chose the title.
    pub is_titled: bool,
    /// The parameters that differ from their defaults, or were given.
    pub params: JsonText,
}

impl Draft {
    /// The first thing that can be plotted.
    pub fn first(workflows: &[Workflow], catalogue: &Catalogue) -> Option<Self> {
        let mut all = workflows
            .iter()
            .flat_map(|it| outputs_of(it).map(move |output| (it, output)));
        all.find_map(|(workflow, output)| Self::of_output(workflow, output, catalogue))
    }

    /// What a layer is now.
    pub fn of_layer(layer: &Layer) -> Option<Self> {
        Some(Self {
            source: layer.config.sources.get(&DataRole::Primary)?.clone(),
            plotter: layer.config.plotter.clone(),
            title: layer.title.clone(),
            is_titled: true,
            params: layer.config.params.clone(),
        })
    }

    /// The output of a workflow by the plotter that fits it best; none if no plotter draws it.
    pub fn of_output(
        workflow: &Workflow,
        output: &OutputInfo,
        catalogue: &Catalogue,
    ) -> Option<Self> {
        let plotter = catalogue.plotters_of(&workflow.id, &output.name).next()?;
        let names = workflow.sources.iter().map(|it| it.name.clone());
        // Devices hardly share a unit.
        let is_one = most_sources(plotter) == 1
            || workflow.sources.len() > MAX_CHOSEN
            || output.temporality == Temporality::Series;
        let most = if is_one { 1 } else { workflow.sources.len() };
        Some(Self {
            source: DataSource {
                workflow: workflow.id.clone(),
                output: output.name.clone(),
                sources: names.take(most).collect(),
            },
            plotter: plotter.name.clone(),
            title: format!("{} · {}", workflow.title, output.title),
            is_titled: false,
            params: JsonText::empty(),
        })
    }

    /// Shows another output; what was chosen before stays as far as it fits.
    pub fn choose_output(
        &mut self,
        workflow: &Workflow,
        output: &OutputInfo,
        catalogue: &Catalogue,
    ) {
        let Some(mut next) = Self::of_output(workflow, output, catalogue) else {
            return;
        };
        if self.source.workflow == workflow.id {
            next.source.sources.clone_from(&self.source.sources);
        }
        let draws = |info: &PlotterInfo| info.name == self.plotter;
        let still_fits = catalogue.plotters_of(&workflow.id, &output.name).any(draws);
        if still_fits {
            next.plotter.clone_from(&self.plotter);
            next.params = self.params.clone();
        }
        if self.is_titled {
            next.title.clone_from(&self.title);
            next.is_titled = true;
        }
        *self = next;
        self.keep_sources(catalogue);
    }

    /// Draws by another plotter, whose parameters begin at their defaults.
    pub fn choose_plotter(&mut self, name: &str, catalogue: &Catalogue) {
        if self.plotter != name {
            name.clone_into(&mut self.plotter);
            self.params = JsonText::empty();
            self.keep_sources(catalogue);
        }
    }

    /// Shows a source or not. Of a plotter that shows one, the other goes.
    pub fn choose_source(&mut self, name: &str, is_shown: bool, catalogue: &Catalogue) {
        self.source.sources.retain(|it| it != name);
        if is_shown {
            self.source.sources.insert(0, name.to_owned());
            self.keep_sources(catalogue);
        }
    }

    /// Sets a parameter.
    pub fn set(&mut self, group: &str, field: &str, value: serde_json::Value) {
        let mut params = self.params.object().clone();
        if group.is_empty() {
            params.insert(field.to_owned(), value);
        } else {
            let entry = params
                .entry(group.to_owned())
                .or_insert_with(|| serde_json::json!({}));
            if let Some(values) = entry.as_object_mut() {
                values.insert(field.to_owned(), value);
            }
        }
        self.params = JsonText::new(params);
    }

    /// What keeps the draft from being a layer: fields by name, in the order of the form.
    pub fn errors(&self, catalogue: &Catalogue) -> Vec<ParamError> {
        let mut errors = Vec::new();
        if self.source.sources.is_empty() {
            errors.push(error("sources", "choose at least one"));
        }
        if self.title.trim().is_empty() {
            errors.push(error("title", "a title is needed"));
        }
        if let Some(info) = catalogue.plotter(&self.plotter) {
            errors.extend(info.schema.check(&self.params));
        }
        errors
    }

    /// The layer, in its place.
    pub fn layer(&self, id: LayerId, cell: CellId, order: i32) -> Layer {
        Layer {
            id,
            cell,
            order,
            title: self.title.trim().to_owned(),
            config: LayerConfig {
                plotter: self.plotter.clone(),
                sources: BTreeMap::from([(DataRole::Primary, self.source.clone())]),
                params: self.params.clone(),
            },
        }
    }

    fn keep_sources(&mut self, catalogue: &Catalogue) {
        let most = catalogue.plotter(&self.plotter).map(most_sources);
        self.source.sources.truncate(most.unwrap_or(usize::MAX));
    }
}

/// How many sources of what is plotted one layer shows.
fn most_sources(plotter: &PlotterInfo) -> usize {
    let primary = plotter.role(DataRole::Primary);
    primary.map_or(0, |role| role.max_sources as usize)
}

fn error(field: &str, reason: &str) -> ParamError {
    ParamError {
        field: field.to_owned(),
        reason: reason.to_owned(),
    }
}

/// All outputs of a workflow, in the order of its views.
pub fn outputs_of(workflow: &Workflow) -> impl Iterator<Item = &OutputInfo> {
    workflow.views.iter().flat_map(|view| &view.outputs)
}

/// How an output is named in an address or a list: `dummy/panel_0_xy/1#current`.
pub fn output_key(workflow: &WorkflowId, output: &str) -> String {
    format!("{workflow}#{output}")
}

#[cfg(test)]
mod tests {
    use shared::data::Unit;
    use shared::job::{OutputView, SourceInfo};
    use shared::params::{Field, FieldKind, Group, Schema};
    use shared::plot::{OutputPlotters, RoleInfo};

    use super::*;

    fn workflow(name: &str, sources: &[&str], outputs: &[&str]) -> Workflow {
        let output = |name: &&str| OutputInfo {
            name: (*name).to_owned(),
            title: name.to_uppercase(),
            dims: Vec::new(),
            unit: Unit::counts(),
            temporality: Temporality::Window,
        };
        Workflow {
            id: format!("i/{name}/1").parse().expect("an id"),
            title: name.to_uppercase(),
            description: String::new(),
            sources: sources
                .iter()
                .map(|name| SourceInfo {
                    name: (*name).to_owned(),
                    title: name.to_uppercase(),
                })
                .collect(),
            views: vec![OutputView {
                name: "v".to_owned(),
                title: "V".to_owned(),
                outputs: outputs.iter().map(output).collect(),
            }],
        }
    }

    fn plotter(name: &str, max_sources: u32) -> PlotterInfo {
        let seconds = FieldKind::Number {
            min: 0.0,
            max: 60.0,
        };
        let field = Field::new("seconds", "Length", "", 0.0.into(), seconds);
        PlotterInfo {
            name: name.to_owned(),
            title: name.to_owned(),
            description: String::new(),
            roles: vec![RoleInfo {
                role: DataRole::Primary,
                is_required: true,
                max_sources,
            }],
            is_alone: false,
            schema: Schema {
                groups: vec![Group::new("window", "Window", "").with(field)],
            },
        }
    }

    fn world() -> ([Workflow; 2], Catalogue) {
        let workflows = [
            workflow("w", &["a", "b"], &["x", "y"]),
            workflow("v", &["c"], &["z"]),
        ];
        let entry = |w: usize, output: &str, plotters: &[&str]| OutputPlotters {
            workflow: workflows[w].id.clone(),
            output: output.to_owned(),
            plotters: plotters.iter().map(|it| (*it).to_owned()).collect(),
            axis_of: Vec::new(),
        };
        let outputs = vec![
            entry(0, "x", &["lines", "table"]),
            entry(0, "y", &["image"]),
            entry(1, "z", &[]),
        ];
        let plotters = vec![
            plotter("lines", 100),
            plotter("table", 100),
            plotter("image", 1),
        ];
        (workflows, Catalogue { plotters, outputs })
    }

    #[test]
    fn a_draft_begins_with_all_sources_and_the_plotter_that_fits_best() {
        let (workflows, catalogue) = world();
        let draft = Draft::first(&workflows, &catalogue).expect("something can be plotted");
        assert_eq!(
            (draft.source.output.as_str(), draft.plotter.as_str()),
            ("x", "lines")
        );
        assert_eq!(
            (draft.source.sources.len(), draft.title.as_str()),
            (2, "W · X")
        );
        assert_eq!(draft.errors(&catalogue), []);
        let output = outputs_of(&workflows[1]).next().expect("one");
        assert_eq!(Draft::of_output(&workflows[1], output, &catalogue), None);
    }

    #[test]
    fn choices_stay_as_far_as_they_fit() {
        let (workflows, catalogue) = world();
        let mut draft = Draft::first(&workflows, &catalogue).expect("something");
        draft.choose_plotter("table", &catalogue);
        draft.set("window", "seconds", 5.0.into());
        draft.choose_source("a", false, &catalogue);
        let outputs: Vec<_> = outputs_of(&workflows[0]).collect();
        draft.choose_output(&workflows[0], outputs[0], &catalogue);
        assert_eq!(
            (draft.plotter.as_str(), draft.source.sources.len()),
            ("table", 1)
        );
        assert_eq!(draft.params.object()["window"]["seconds"], 5.0);
        draft.choose_source("a", true, &catalogue);
        draft.choose_output(&workflows[0], outputs[1], &catalogue);
        assert_eq!(
            (draft.plotter.as_str(), draft.params.object().len()),
            ("image", 0)
        );
        assert_eq!(draft.source.sources, ["a"], "an image shows one");
        assert_eq!(draft.title, "W · Y");
    }

    #[test]
    fn what_does_not_fit_is_said_at_its_field() {
        let (workflows, catalogue) = world();
        let mut draft = Draft::first(&workflows, &catalogue).expect("something");
        draft.set("window", "seconds", 99.0.into());
        draft.choose_source("a", false, &catalogue);
        draft.choose_source("b", false, &catalogue);
        draft.title = " ".to_owned();
        let errors = draft.errors(&catalogue);
        let fields: Vec<_> = errors.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["sources", "title", "window.seconds"]);
    }
}
