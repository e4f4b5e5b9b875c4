//! Grids as YAML documents: written, read again, and read from files of the facility's own dashboard.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use server::instrument;
use server::plot::files::{FileError, read, write_all, write_one};
use server::reduce;
use shared::data::Unit;
use shared::id::WorkflowId;
use shared::job::Workflow;
use shared::plot::Area;
use shared::topology::{Arrangement, CellGeometry, GridDraft};

fn workflows() -> BTreeMap<WorkflowId, Workflow> {
    let dummy = instrument::load("dummy", None).expect("shipped");
    let declared = reduce::declarations(&dummy).into_iter();
    declared.map(|it| (it.id.clone(), it)).collect()
}

fn drafts(text: &str) -> Result<Vec<GridDraft>, FileError> {
    let workflows = workflows();
    read(text, |id| workflows.get(id))
}

fn only(text: &str) -> GridDraft {
    let mut drafts = drafts(text).expect("it can be read");
    assert_eq!(drafts.len(), 1);
    drafts.pop().expect("one")
}

fn arranged(draft: &GridDraft) -> Arrangement {
    let mut arrangement = Arrangement::default();
    for piece in draft.pieces.clone() {
        arrangement.put(piece);
    }
    arrangement
}

const OURS: &str = "
title: Mine
description: A panel and the monitors
nrows: 1
ncols: 2
cells:
- geometry: {row: 0, col: 0, row_span: 1, col_span: 1}
  title: Panel
  layers:
  - plotter: image
    sources:
      primary: {workflow: dummy/panel_0_xy/1, output: current, sources: [panel_0]}
    params: {window: {seconds: 2.5}}
- geometry: {row: 0, col: 1, row_span: 1, col_span: 1}
  layers:
  - title: Monitors
    plotter: lines
    sources:
      primary: {workflow: dummy/monitor_histogram/1, output: cumulative, sources: [monitor1, monitor2]}
";

#[test]
fn what_is_written_is_read_again() {
    let draft = only(OURS);
    assert_eq!(draft.remarks, Vec::<String>::new());
    assert_eq!(
        draft.description.as_deref(),
        Some("A panel and the monitors")
    );
    assert_eq!(draft.pieces.len(), 5);
    let arrangement = arranged(&draft);
    let id = draft.grid().expect("a grid").id;
    let text = write_one(&arrangement, id).expect("it exists");
    let again = only(&text);
    assert_ne!(again.grid().map(|it| it.id), Some(id), "ids are not kept");
    let second = arranged(&again);
    let rewritten = write_one(&second, again.grid().expect("a grid").id);
    assert_eq!(rewritten.as_deref(), Some(text.as_str()));
    let titles: Vec<_> = second.layers.values().map(|it| it.title.as_str()).collect();
    assert!(
        titles.contains(&"Monitors") && titles.contains(&"Panel 0 image"),
        "{titles:?}"
    );
}

#[test]
fn several_grids_share_a_file() {
    let mut arrangement = arranged(&only(OURS));
    for piece in only(&OURS.replace("Mine", "Yours")).pieces {
        arrangement.put(piece);
    }
    let text = write_all(&arrangement);
    let mut titles: Vec<_> = drafts(&text)
        .expect("it can be read")
        .iter()
        .map(|it| it.grid().expect("a grid").title.clone())
        .collect();
    titles.sort();
    assert_eq!(titles, ["Mine", "Yours"]);
}

#[test]
fn what_cannot_be_drawn_is_left_out_and_said() {
    let text = OURS
        .replace("dummy/panel_0_xy/1", "dummy/nothing/1")
        .replace("col: 1,", "col: 0,")
        .replace("title: Panel", "title: ''");
    let draft = only(&text);
    assert_eq!(draft.pieces.len(), 3, "{draft:?}");
    assert_eq!(draft.remarks.len(), 2, "{:?}", draft.remarks);
    assert!(draft.remarks[0].contains("there is no workflow dummy/nothing/1"));
    assert!(draft.remarks[1].starts_with("The cell at row 1, column 1 is left out"));

    let draft = only(&OURS.replace("seconds: 2.5", "seconds: -1"));
    assert_eq!(draft.pieces.len(), 5);
    assert!(
        draft.remarks[0].contains("has its default parameters"),
        "{:?}",
        draft.remarks
    );
}

#[test]
fn cells_in_one_place_leave_the_first() {
    let draft = only(&OURS.replace("col: 1,", "col: 0,"));
    assert_eq!(draft.pieces.len(), 3);
    assert_eq!(
        draft.remarks,
        ["The cell at row 1, column 1 is left out: another cell is there."]
    );
}

#[test]
fn a_grid_grows_to_hold_its_cells() {
    let draft = only(&OURS.replace("ncols: 2", "ncols: 1"));
    assert_eq!(draft.grid().expect("a grid").ncols, 2);
    assert_eq!(draft.remarks, Vec::<String>::new());
}

#[test]
fn faults_of_a_grid_are_told_with_line_column_and_place() {
    let error = |text: &str| drafts(text).expect_err("it is wrong").to_string();
    let line_of = |part: &str| {
        1 + OURS
            .lines()
            .position(|it| it.contains(part))
            .expect("it is there")
    };
    let sources = line_of("workflow: dummy/panel_0_xy/1");
    let form = error(&OURS.replace("output: current", "outputs: current"));
    assert!(
        form.starts_with(&format!("line {sources}, column ")),
        "{form}"
    );
    let told =
        "grid 1, cell 1, layer 1, sources: `outputs` is not known here: there may be `workflow`";
    assert!(form.contains(told), "{form}");
    let form = error(&OURS.replace("nrows: 1", "nrows: many"));
    assert_eq!(
        form,
        format!(
            "line {}, column 8, grid 1, nrows: a whole number is expected, and here is the text \"many\"",
            line_of("nrows: 1")
        )
    );
    assert!(error("42").starts_with("this describes no grid"));
    assert!(error("").starts_with("this describes no grid"));
    let untitled = error(&OURS.replace("title: Mine", "title: ''"));
    assert!(untitled.starts_with("grid 1: "), "{untitled}");
    let many = format!("grids: [{}]", "{title: a},".repeat(201));
    assert!(error(&many).contains("201 grids"));
}

#[test]
fn what_is_no_yaml_is_told_in_plain_words() {
    for (text, place, words) in [
        (
            "a: [",
            "line 1, column 4",
            "this bracket has no counterpart",
        ),
        (
            "title: A\nnote: B: C\n",
            "line 2, column 8",
            "between quotes",
        ),
        (
            "title: 'A\nnrows: 3\n",
            "line 1, column 8",
            "a quote begins here and does not end",
        ),
        (
            "title: A\n\tnrows: 3\n",
            "line 1, column 8",
            "indent by spaces",
        ),
        (
            "cells:\n- geometry: {row: 0\n  layers: []\n",
            "line 3, column 9",
            "in braces is not closed",
        ),
        (
            "title: A\ntitle: B\n",
            "line 2, column 1",
            "`title` stands here a second time",
        ),
        ("title: *x\n", "line 1, column 8", "write it out"),
        (
            "title: A\n---\ntitle: B\n",
            "line 3, column 1",
            "make a file of each",
        ),
        (
            "title: A\n- b\n",
            "line 2, column 3",
            "a `name:` is expected here",
        ),
        ("title: @a\n", "line 1, column 8", "between quotes"),
        ("cells: - a\n", "line 1, column 8", "a line of its own"),
    ] {
        let told = drafts(text).expect_err("it is wrong").to_string();
        assert!(
            told.starts_with(&format!("this is no YAML document: {place}: ")),
            "{told}"
        );
        assert!(told.contains(words), "{told}");
        assert!(!told.contains('\n'), "{told}");
    }
}

#[test]
fn references_within_a_document_cannot_blow_it_up() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for i in 1..12 {
        let list = vec![format!("*a{}", i - 1); 10].join(", ");
        writeln!(bomb, "a{i}: &a{i} [{list}]").expect("strings take everything");
    }
    assert!(drafts(&bomb).is_err());
}

#[test]
fn files_of_the_facilitys_dashboard_load() {
    let draft = only(include_str!("livedata.yaml"));
    let arrangement = arranged(&draft);
    let grid = draft.grid().expect("a grid");
    assert_eq!(
        (grid.title.as_str(), grid.nrows, grid.ncols),
        ("Detectors", 3, 2)
    );
    let place = CellGeometry {
        row: 0,
        col: 0,
        row_span: 2,
        col_span: 2,
    };
    let panel = arrangement
        .cells
        .values()
        .find(|it| it.geometry == place)
        .expect("the panel");
    assert_eq!(panel.title.as_deref(), Some("My panel"));
    let layers: Vec<_> = arrangement.layers_of(panel.id).collect();
    assert_eq!(layers.len(), 1, "regions are no layers");
    let source = layers[0].config.sources.values().next().expect("its data");
    assert_eq!(source.output, "current");
    let params = layers[0].config.params.object();
    assert_eq!(params["axes"], serde_json::json!({"shape": "square"}));

    let below = arrangement
        .cells
        .values()
        .find(|it| it.geometry.row == 2)
        .expect("the cell below");
    let mut layers: Vec<_> = arrangement.layers_of(below.id).collect();
    layers.sort_by_key(|it| it.order);
    let told = layers.iter().map(|it| it.config.plotter.as_str());
    assert_eq!(
        told.collect::<Vec<_>>(),
        ["correlation_histogram_1d", "vlines"]
    );
    let outputs = layers[0].config.sources.values();
    let outputs: Vec<_> = outputs.map(|it| it.output.as_str()).collect();
    assert_eq!(outputs, ["counts_total", "delta"]);
    assert_eq!(layers[1].title, "Limits");
}

#[test]
fn ratios_labels_and_limits_of_the_facilitys_dashboard_come_along() {
    let text = include_str!("livedata.yaml")
        .replace(
            "aspect_type: Square, ratio: 1.0",
            "aspect_type: Fixed data aspect ratio, ratio: 2.5",
        )
        .replace(
            "manual_color_limits: false, color_min: 0.0, color_max: 1.0",
            "manual_color_limits: true, color_min: 1.5, color_max: 90.0",
        )
        .replace(
            "custom_xticks: false, xticks: 5",
            "custom_xticks: true, xticks: 7",
        );
    let draft = only(&text);
    let arrangement = arranged(&draft);
    let mut layers = arrangement.layers.values();
    let image = layers
        .find(|it| it.config.plotter == "image")
        .expect("the panel");
    let expected = serde_json::json!({
        "shape": "data", "ratio": 2.5, "colour_min": 1.5, "colour_max": 90.0, "x_labels": 7,
    });
    assert_eq!(image.config.params.object()["axes"], expected);
    // As few as of the file without them: the three about regions.
    assert_eq!(draft.remarks.len(), 3, "{:?}", draft.remarks);
}

#[test]
fn regions_of_the_facilitys_dashboard_are_regions_here() {
    let draft = only(include_str!("livedata.yaml"));
    let regions: Vec<_> = arranged(&draft).regions.into_values().collect();
    let [region] = regions.as_slice() else {
        panic!("{regions:?}");
    };
    assert_eq!(
        (region.workflow.to_string(), region.source.as_str()),
        ("dummy/panel_0_xy/1".to_owned(), "panel_0")
    );
    let area = Area::Rectangle {
        x: [5.0, 20.0],
        y: [5.0, 20.0],
    };
    assert_eq!((&region.area, region.name.as_str()), (&area, "Region 1"));
    // Its bare numbers are meant on the axes of the view, whatever their units.
    for unit in ["", "mm", "m"].map(Unit::new) {
        assert_eq!(region.area_in([&unit, &unit]).as_ref(), Some(&area));
    }
    assert_eq!(draft.remarks.len(), 3, "{:?}", draft.remarks);
    assert!(draft.remarks[0].starts_with("Layers of rectangles_readback are left out"));
    assert!(draft.remarks[1].starts_with("Layers of rectangles_request are left out"));
    assert!(draft.remarks[2].starts_with("The regions [5,5,20,20] of panel_0 come along"));
    // Whoever reads the file again has no second one.
    let again = arranged(&only(include_str!("livedata.yaml"))).regions;
    assert_eq!(again.into_values().collect::<Vec<_>>(), regions);
    let elsewhere = include_str!("livedata.yaml").replace("[panel_0]", "[panel_9]");
    let draft = only(&elsewhere);
    assert!(arranged(&draft).regions.is_empty());
    let told = "The regions [5,5,20,20] are left out";
    assert!(draft.remarks.iter().any(|it| it.starts_with(told)));
}

#[test]
fn every_shipped_template_can_be_added_as_it_is() {
    for name in instrument::shipped() {
        let instrument = instrument::load(&name, None).expect("shipped");
        let declared = reduce::declarations(&instrument);
        for template in instrument.templates {
            let drafts = read(&template.text, |id| declared.iter().find(|it| it.id == *id));
            for draft in drafts.unwrap_or_else(|error| panic!("{}: {error}", template.name)) {
                assert_eq!(draft.remarks, Vec::<String>::new(), "{}", template.name);
                assert!(
                    draft.description.is_some(),
                    "{} says what it is for",
                    template.name
                );
            }
        }
    }
}

#[test]
fn geometry_of_the_facilitys_dashboard_is_geometry_here() {
    let draft = only(include_str!("geometry.yaml"));
    assert_eq!(draft.remarks, Vec::<String>::new());
    let layers = arranged(&draft).layers;
    let params = |plotter: &str| {
        let layer = layers
            .values()
            .find(|it| it.config.plotter == plotter)
            .expect("it is there");
        assert!(layer.config.sources.is_empty());
        (
            layer.title.clone(),
            serde_json::Value::Object(layer.config.params.object().clone()),
        )
    };
    let line =
        serde_json::json!({"colour": "#ff0000", "width": 1.0, "dash": "dash_dot", "opacity": 0.7});
    let expected = (
        "Limits".to_owned(),
        serde_json::json!({"positions": "10, 20", "line": line}),
    );
    assert_eq!(params("vlines"), expected);
    let rectangles =
        serde_json::json!({"coordinates": "[5, 5, 20, 20]", "fill": 0.25, "line": {"width": 2.0}});
    assert_eq!(params("rectangles"), ("Beam stop".to_owned(), rectangles));
}

#[test]
fn dimensions_side_by_side_are_told_by_number() {
    let draft = only(
        "title: Flat\ncells:\n- geometry: {row: 0, col: 0, row_span: 1, col_span: 1}\n  layers:\n  \
         - data_sources:\n      primary: {workflow_id: dummy/panel_0_layers/1, source_names: [panel_0], view_name: image}\n    \
         plot_name: flatten\n    params: {flatten: {axis_x_dims: [1, 2], transpose_y_flatten: true}, time_window: {mode: since_start}}\n",
    );
    assert_eq!(draft.remarks, Vec::<String>::new());
    let layers = arranged(&draft).layers;
    let params = layers
        .values()
        .next()
        .expect("a layer")
        .config
        .params
        .object();
    assert_eq!(params["x_dims"], "1, 2");
    assert_eq!(params["reverse_y"], true);
}

#[test]
fn what_holds_for_many_layers_is_said_once() {
    let text = include_str!("livedata.yaml");
    let regions = "    plot_name: rectangles_readback\n";
    assert!(text.contains("plot_name: rectangles_request"));
    let text = text.replace("    plot_name: correlation_histogram_1d\n", regions);
    let remarks = only(&text).remarks;
    let of_readback = remarks
        .iter()
        .filter(|it| it.contains("rectangles_readback"));
    assert_eq!(of_readback.count(), 1, "{remarks:?}");
}
