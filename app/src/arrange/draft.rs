//! A layer as it is being chosen: what a form holds, and what follows from each choice.

use std::collections::BTreeMap;

use shared::id::{CellId, LayerId, WorkflowId};
use shared::job::{OutputInfo, Temporality, Workflow};
use shared::params::{ParamError, Schema};
use shared::plot::{Catalogue, PlotterInfo};
use shared::topology::{DataRole, DataSource, JsonText, Layer, LayerConfig};

/// More sources than this are not all chosen at once.
const MAX_CHOSEN: usize = 5;

/// A layer that is not there yet, or not as it will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whether it shows data; static geometry shows none.
    pub has_data: bool,
    /// What is shown.
    pub source: DataSource,
    /// What lies on the axes, for plotters that put data there.
    pub axes: BTreeMap<DataRole, DataSource>,
    /// How.
    pub plotter: String,
    /// What a person called it; empty leaves it to [`Draft::full_title`].
    pub title: String,
    /// The parameters that differ from their defaults, or were given.
    pub params: JsonText,
}

impl Draft {
    /// The first thing that can be plotted.
    pub fn first(workflows: &[Workflow], catalogue: &Catalogue) -> Option<Self> {
        let mut all = workflows
            .iter()
            .flat_map(|it| it.outputs().map(move |output| (it, output)));
        all.find_map(|(workflow, output)| Self::of_output(workflow, output, catalogue))
    }

    /// What a layer is now; of static geometry, the data are those that would be shown first.
    pub fn of_layer(layer: &Layer, workflows: &[Workflow], catalogue: &Catalogue) -> Option<Self> {
        let mut axes = layer.config.sources.clone();
        let primary = axes.remove(&DataRole::Primary);
        let has_data = primary.is_some();
        let first = || Some(Self::first(workflows, catalogue)?.source);
        let mut draft = Self {
            has_data,
            source: primary.or_else(first)?,
            axes,
            plotter: layer.config.plotter.clone(),
            title: String::new(),
            params: layer.config.params.clone(),
        };
        // A title that follows from the data goes on doing so.
        if draft.full_title(workflows, catalogue) != layer.title {
            draft.title.clone_from(&layer.title);
        }
        Some(draft)
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
            has_data: true,
            source: DataSource {
                workflow: workflow.id.clone(),
                output: output.name.clone(),
                sources: names.take(most).collect(),
            },
            axes: BTreeMap::new(),
            plotter: plotter.name.clone(),
            title: String::new(),
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
            next.axes = self.axes.clone();
            next.leave_out_what_means_nothing(output, catalogue);
        }
        next.title.clone_from(&self.title);
        *self = next;
        self.keep_sources(catalogue);
    }

    /// Shows static geometry instead of data.
    pub fn choose_geometry(&mut self, catalogue: &Catalogue) {
        if let Some(plotter) = geometry_of(catalogue).next() {
            self.has_data = false;
            self.choose_plotter(&plotter.name, catalogue);
        }
    }

    /// The plotters that could show it.
    pub fn plotters<'a>(&self, catalogue: &'a Catalogue) -> Vec<&'a PlotterInfo> {
        if self.has_data {
            let DataSource {
                workflow, output, ..
            } = &self.source;
            catalogue.plotters_of(workflow, output).collect()
        } else {
            geometry_of(catalogue).collect()
        }
    }

    /// The parameters that mean something for what is shown.
    pub fn schema(&self, workflows: &[Workflow], catalogue: &Catalogue) -> Option<Schema> {
        let schema = &catalogue.plotter(&self.plotter)?.schema;
        let workflow = workflows.iter().find(|it| it.id == self.source.workflow);
        let mut outputs = workflow.into_iter().flat_map(Workflow::outputs);
        let output = outputs.find(|it| it.name == self.source.output);
        Some(output.map_or_else(|| schema.clone(), |it| schema.fitting(it)))
    }

    fn leave_out_what_means_nothing(&mut self, output: &OutputInfo, catalogue: &Catalogue) {
        let groups = catalogue.plotter(&self.plotter).into_iter();
        let mut params = self.params.object().clone();
        for group in groups.flat_map(|it| &it.schema.groups) {
            if !group.applies_to.fits(output) {
                params.remove(&group.name);
            }
        }
        self.params = JsonText::new(params);
    }

    /// Draws by another plotter, whose parameters begin at their defaults.
    pub fn choose_plotter(&mut self, name: &str, catalogue: &Catalogue) {
        if self.plotter != name {
            name.clone_into(&mut self.plotter);
            self.params = JsonText::empty();
            let info = catalogue.plotter(name);
            let has_role = |role: &DataRole| info.is_some_and(|it| it.role(*role).is_some());
            self.axes.retain(|role, _| has_role(role));
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

    /// Shows all sources, or none.
    pub fn choose_sources(&mut self, workflow: &Workflow, are_shown: bool, catalogue: &Catalogue) {
        let names = workflow.sources.iter().filter(|_| are_shown);
        self.source.sources = names.map(|it| it.name.clone()).collect();
        self.keep_sources(catalogue);
    }

    /// How many sources it may show.
    pub fn most_sources(&self, catalogue: &Catalogue) -> usize {
        let plotter = catalogue.plotter(&self.plotter).filter(|_| self.has_data);
        plotter.map_or(0, most_sources)
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
        if self.has_data && self.source.sources.is_empty() {
            errors.push(ParamError::new("sources", "choose at least one"));
        }
        if let Some(info) = catalogue.plotter(&self.plotter) {
            let axes = info.roles.iter().filter(|it| it.role != DataRole::Primary);
            let missing = axes.filter(|it| it.is_required && !self.axes.contains_key(&it.role));
            errors.extend(
                missing
                    .map(|it| ParamError::new(it.role.as_str(), "choose what lies on this axis")),
            );
            errors.extend(info.schema.check(&self.params));
        }
        errors
    }

    /// What the legend says: what a person called it, else what it shows, of which source where it is one of several,
    /// and how where that is not what fits it best.
    pub fn full_title(&self, workflows: &[Workflow], catalogue: &Catalogue) -> String {
        let own = self.title.trim();
        if !own.is_empty() {
            return own.to_owned();
        }
        let plotter = || catalogue.plotter(&self.plotter).map(|it| it.title.clone());
        let shown = || {
            let workflow = workflows.iter().find(|it| it.id == self.source.workflow)?;
            let output = workflow
                .outputs()
                .find(|it| it.name == self.source.output)?;
            let title = format!("{} · {}", workflow.title, output.title);
            let title = match self.source.sources.as_slice() {
                [one] if workflow.sources.len() > 1 => {
                    format!("{title} ({})", workflow.source_title(one).unwrap_or(one))
                }
                _ => title,
            };
            let usual = catalogue.plotters_of(&workflow.id, &output.name).next();
            let is_usual = usual.is_none_or(|it| it.name == self.plotter);
            Some(match plotter().filter(|_| !is_usual) {
                Some(plotter) => format!("{title} · {plotter}"),
                None => title,
            })
        };
        let title = if self.has_data { shown() } else { plotter() };
        title.unwrap_or_else(|| self.plotter.clone())
    }

    /// The same for each source alone.
    pub fn split(&self, workflows: &[Workflow]) -> Vec<Self> {
        let workflow = workflows.iter().find(|it| it.id == self.source.workflow);
        let alone = |name: &String| {
            let mut draft = self.clone();
            draft.source.sources = vec![name.clone()];
            if !self.title.trim().is_empty() {
                let source = workflow
                    .and_then(|it| it.source_title(name))
                    .unwrap_or(name);
                draft.title = format!("{} ({source})", self.title.trim());
            }
            draft
        };
        self.source.sources.iter().map(alone).collect()
    }

    /// The layer, in its place.
    pub fn layer(&self, id: LayerId, cell: CellId, order: i32, title: String) -> Layer {
        Layer {
            id,
            cell,
            order,
            title,
            config: self.config(),
            hidden: false,
        }
    }

    /// What the layer shows and how.
    pub fn config(&self) -> LayerConfig {
        LayerConfig {
            plotter: self.plotter.clone(),
            sources: self.sources(),
            params: self.params.clone(),
        }
    }

    fn sources(&self) -> BTreeMap<DataRole, DataSource> {
        let mut sources = self.axes.clone();
        if self.has_data {
            sources.insert(DataRole::Primary, self.source.clone());
        }
        sources
    }

    /// Puts a source on an axis; none takes away what is there.
    pub fn choose_axis(&mut self, role: DataRole, axis: Option<DataSource>) {
        match axis {
            Some(axis) => self.axes.insert(role, axis),
            None => self.axes.remove(&role),
        };
    }

    fn keep_sources(&mut self, catalogue: &Catalogue) {
        if self.has_data {
            self.source.sources.truncate(self.most_sources(catalogue));
        }
    }
}

/// The plotters that need no data.
fn geometry_of(catalogue: &Catalogue) -> impl Iterator<Item = &PlotterInfo> {
    catalogue.plotters.iter().filter(|it| it.roles.is_empty())
}

/// How many sources of what is plotted one layer shows.
fn most_sources(plotter: &PlotterInfo) -> usize {
    let primary = plotter.role(DataRole::Primary);
    primary.map_or(0, |role| role.max_sources as usize)
}

/// What can lie on an axis of a plotter: each source by its title.
pub fn axes_of(
    plotter: &str,
    workflows: &[Workflow],
    catalogue: &Catalogue,
) -> Vec<(String, DataSource)> {
    let is_axis = |workflow: &Workflow, output: &OutputInfo| {
        let mut entries = catalogue.outputs.iter();
        let entry = entries.find(|it| it.workflow == workflow.id && it.output == output.name);
        entry.is_some_and(|it| it.axis_of.iter().any(|it| it == plotter))
    };
    let mut axes = Vec::new();
    for workflow in workflows {
        for output in workflow.outputs().filter(|it| is_axis(workflow, it)) {
            for source in &workflow.sources {
                let axis = DataSource {
                    workflow: workflow.id.clone(),
                    output: output.name.clone(),
                    sources: vec![source.name.clone()],
                };
                axes.push((format!("{} · {}", source.title, output.title), axis));
            }
        }
    }
    axes
}

/// How an output is named in an address or a list: `dummy/panel_0_xy/1#current`.
pub fn output_key(workflow: &WorkflowId, output: &str) -> String {
    format!("{workflow}#{output}")
}

#[cfg(test)]
mod tests;
