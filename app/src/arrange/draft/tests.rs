//! What follows from choices in a form.

use shared::data::Unit;
use shared::job::{OutputView, SourceInfo};
use shared::params::{AppliesTo, Field, FieldKind, Group};
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

fn layer_of(draft: &Draft) -> Layer {
    let (layer, cell) = (LayerId::derived("l"), CellId::derived("c"));
    draft.layer(layer, cell, 0, "Mine".to_owned())
}

#[test]
fn a_draft_begins_with_all_sources_and_the_plotter_that_fits_best() {
    let (workflows, catalogue) = world();
    let draft = Draft::first(&workflows, &catalogue).expect("something can be plotted");
    assert_eq!(
        (draft.source.output.as_str(), draft.plotter.as_str()),
        ("x", "lines")
    );
    assert_eq!(draft.source.sources.len(), 2);
    assert_eq!(draft.full_title(&workflows, &catalogue), "W · X");
    assert_eq!(draft.errors(&catalogue), []);
    let output = workflows[1].outputs().next().expect("one");
    assert_eq!(Draft::of_output(&workflows[1], output, &catalogue), None);
}

#[test]
fn choices_stay_as_far_as_they_fit() {
    let (workflows, catalogue) = world();
    let mut draft = Draft::first(&workflows, &catalogue).expect("something");
    draft.choose_plotter("table", &catalogue);
    draft.set("window", "seconds", 5.0.into());
    draft.choose_source("a", false, &catalogue);
    let outputs: Vec<_> = workflows[0].outputs().collect();
    draft.choose_output(&workflows[0], outputs[0], &catalogue);
    assert_eq!(
        (draft.plotter.as_str(), draft.source.sources.len()),
        ("table", 1)
    );
    assert_eq!(
        draft.full_title(&workflows, &catalogue),
        "W · X (B) · table",
        "not what fits best"
    );
    assert_eq!(draft.params.object()["window"]["seconds"], 5.0);
    draft.choose_source("a", true, &catalogue);
    draft.choose_output(&workflows[0], outputs[1], &catalogue);
    assert_eq!(
        (draft.plotter.as_str(), draft.params.object().len()),
        ("image", 0)
    );
    assert_eq!(draft.source.sources, ["a"], "an image shows one");
    assert_eq!(draft.full_title(&workflows, &catalogue), "W · Y (A)");
}

#[test]
fn sources_are_chosen_together_or_split_into_plots_of_their_own() {
    let (workflows, catalogue) = world();
    let mut draft = Draft::first(&workflows, &catalogue).expect("something");
    draft.choose_sources(&workflows[0], false, &catalogue);
    assert_eq!(draft.errors(&catalogue)[0].field, "sources");
    draft.choose_sources(&workflows[0], true, &catalogue);
    let titles = |drafts: &[Draft]| {
        let title = |it: &Draft| it.full_title(&workflows, &catalogue);
        drafts.iter().map(title).collect::<Vec<_>>()
    };
    assert_eq!(titles(&draft.split(&workflows)), ["W · X (A)", "W · X (B)"]);
    draft.title = " Mine ".to_owned();
    assert_eq!(titles(&draft.split(&workflows)), ["Mine (A)", "Mine (B)"]);
    draft.choose_plotter("image", &catalogue);
    draft.choose_sources(&workflows[0], true, &catalogue);
    assert_eq!(draft.source.sources, ["a"], "an image shows one");
}

#[test]
fn a_plotter_with_axes_asks_for_them_and_they_go_with_it() {
    let (workflows, mut catalogue) = world();
    catalogue.plotters[1].roles.push(RoleInfo {
        role: DataRole::XAxis,
        is_required: true,
        max_sources: 1,
    });
    catalogue.outputs[2].axis_of = vec!["table".to_owned()];
    let axes = axes_of("table", &workflows, &catalogue);
    let titles: Vec<_> = axes.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["C · Z"]);
    let mut draft = Draft::first(&workflows, &catalogue).expect("something");
    draft.choose_plotter("table", &catalogue);
    assert_eq!(draft.errors(&catalogue)[0].field, "x_axis");
    draft.choose_axis(DataRole::XAxis, Some(axes[0].1.clone()));
    assert_eq!(draft.errors(&catalogue), []);
    let layer = layer_of(&draft);
    assert_eq!(layer.config.sources[&DataRole::XAxis].sources, ["c"]);
    assert_eq!(
        Draft::of_layer(&layer, &workflows, &catalogue).map(|it| it.axes),
        Some(draft.axes.clone())
    );
    draft.choose_plotter("lines", &catalogue);
    assert!(draft.axes.is_empty());
}

#[test]
fn parameters_that_mean_nothing_for_an_output_go() {
    let (mut workflows, mut catalogue) = world();
    workflows[0].views[0].outputs[1].temporality = Temporality::Cumulative;
    catalogue.outputs[1].plotters = vec!["lines".to_owned()];
    let group = &mut catalogue.plotters[0].schema.groups[0];
    group.applies_to = AppliesTo::Combinable;
    let mut draft = Draft::first(&workflows, &catalogue).expect("something");
    draft.set("window", "seconds", 5.0.into());
    let groups = |draft: &Draft, workflows: &[Workflow]| {
        draft
            .schema(workflows, &catalogue)
            .expect("a plotter")
            .groups
            .len()
    };
    assert_eq!(groups(&draft, &workflows), 1);
    let outputs: Vec<_> = workflows[0].outputs().collect();
    draft.choose_output(&workflows[0], outputs[1], &catalogue);
    assert_eq!(
        (draft.plotter.as_str(), groups(&draft, &workflows)),
        ("lines", 0)
    );
    assert!(draft.params.object().is_empty());
}

#[test]
fn what_does_not_fit_is_said_at_its_field() {
    let (workflows, catalogue) = world();
    let mut draft = Draft::first(&workflows, &catalogue).expect("something");
    draft.set("window", "seconds", 99.0.into());
    draft.choose_source("a", false, &catalogue);
    draft.choose_source("b", false, &catalogue);
    let errors = draft.errors(&catalogue);
    let fields: Vec<_> = errors.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields, ["sources", "window.seconds"]);
}

#[test]
fn geometry_is_drawn_without_data_and_data_come_back() {
    let (workflows, mut catalogue) = world();
    catalogue.plotters.push(PlotterInfo {
        roles: Vec::new(),
        ..plotter("vlines", 0)
    });
    let mut draft = Draft::first(&workflows, &catalogue).expect("something");
    let before = draft.clone();
    draft.choose_geometry(&catalogue);
    assert_eq!(draft.full_title(&workflows, &catalogue), "vlines");
    assert_eq!(draft.errors(&catalogue), []);
    let offered: Vec<_> = draft
        .plotters(&catalogue)
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(offered, ["vlines"]);
    let layer = layer_of(&draft);
    assert!(layer.config.sources.is_empty());
    let read = Draft::of_layer(&layer, &workflows, &catalogue).expect("it can be edited");
    assert!(!read.has_data);
    let output = workflows[0].outputs().next().expect("an output");
    draft.choose_output(&workflows[0], output, &catalogue);
    assert_eq!(draft, before);
}
