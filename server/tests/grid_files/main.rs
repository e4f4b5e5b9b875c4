//! Grids as YAML documents: written, read again, and read from files of the facility's own dashboard.

mod livedata;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use server::instrument;
use server::plot::files::{FileError, read, write_all, write_one};
use server::reduce;
use shared::id::WorkflowId;
use shared::job::Workflow;
use shared::topology::{Arrangement, GridDraft};

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
fn which_statistics_are_shown_is_written_and_checked() {
    let shown = |numbers: &str| {
        let params = format!("params: {{shown: {{numbers: {numbers}}}}}\n");
        let ours = OURS.replace("plotter: lines", "plotter: statistics");
        format!("{ours}    {params}")
    };
    let draft = only(&shown("[rate, sum]"));
    assert_eq!(draft.remarks, Vec::<String>::new());
    let text = write_one(&arranged(&draft), draft.grid().expect("a grid").id);
    let again = only(&text.expect("it exists"));
    let layers = arranged(&again).layers.into_values();
    let chosen: Vec<_> = layers
        .filter_map(|it| it.config.params.object().get("shown").cloned())
        .collect();
    assert_eq!(chosen, [serde_json::json!({"numbers": ["rate", "sum"]})]);

    let none = only(&shown("[]")).remarks.join("\n");
    assert!(
        none.contains("shown.numbers: choose at least one"),
        "{none}"
    );
    let other = only(&shown("[sum, median]")).remarks.join("\n");
    assert!(other.contains("median"), "{other}");
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
    assert!(draft.remarks[0].contains("there is no workflow dummy/nothing/1: the page Workflows"));
    let cell = "The cell at row 1, column 1 (number 1 in the file) is left out";
    assert!(draft.remarks[1].starts_with(cell), "{:?}", draft.remarks);

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
        ["The cell at row 1, column 1 (number 2 in the file) is left out: another cell is there."]
    );
}

#[test]
fn a_grid_grows_to_hold_its_cells() {
    let draft = only(&OURS.replace("ncols: 2", "ncols: 1"));
    assert_eq!(draft.grid().expect("a grid").ncols, 2);
    let remark = "The grid is 1 × 2 instead of 1 × 1 (rows × columns): its cells need that.";
    assert_eq!(draft.remarks, [remark]);
}

#[test]
fn a_grid_of_another_size_than_there_can_be_and_one_without_cells_say_so() {
    let draft = only("title: Bare\nnrows: 0\nncols: 99\ncells: []\n");
    let remarks = [
        "The grid is 1 × 24 instead of 0 × 99 (rows × columns): a grid has 1 to 24 of each.",
        "The file names no cells: the grid would be empty.",
    ];
    assert_eq!(draft.remarks, remarks);
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
