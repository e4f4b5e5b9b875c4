//! Rules for the default dashboards.

use shared::topology::{DataRole, MAX_LINES};

use crate::instrument::problem::{Finding, Step, finding};
use crate::instrument::{Cell, Grid, Instrument, LayerData};

use super::{Seen, check_name, one_of};

pub(super) fn check(instrument: &Instrument, findings: &mut Vec<Finding>) {
    let mut names = Seen::default();
    for (g, grid) in instrument.grids.iter().enumerate() {
        let name = &grid.name;
        check_name(findings, vec!["grid".into(), g.into(), "name".into()], name);
        if !names.is_new(name) {
            findings.push(finding!(
                ["grid", g, "name"],
                "a grid {name:?} exists already; choose another name"
            ));
        }
        for (key, lines) in [("nrows", grid.nrows), ("ncols", grid.ncols)] {
            if !(1..=MAX_LINES).contains(&lines) {
                findings.push(finding!(
                    ["grid", g, key],
                    "{key} is {lines}; use 1 to {MAX_LINES}"
                ));
            }
        }
        for c in 0..grid.cells.len() {
            check_place(grid, g, c, findings);
            check_layers(instrument, &grid.cells[c], g, c, findings);
        }
    }
}

fn check_place(grid: &Grid, g: usize, c: usize, findings: &mut Vec<Finding>) {
    let cell = &grid.cells[c];
    let axes = [
        (
            "row",
            "row_span",
            "rows",
            cell.row,
            cell.row_span,
            grid.nrows,
        ),
        (
            "col",
            "col_span",
            "columns",
            cell.col,
            cell.col_span,
            grid.ncols,
        ),
    ];
    for (first_key, span_key, lines, first, span, limit) in axes {
        let end = first.saturating_add(span);
        if span == 0 {
            findings.push(finding!(
                ["grid", g, "cell", c, span_key],
                "{span_key} is 0; use at least 1"
            ));
        } else if end > limit {
            findings.push(finding!(
                ["grid", g, "cell", c, first_key],
                "{lines} {first} to {} leave the grid of {limit} {lines} (counted from 0); move or shrink the cell",
                end - 1
            ));
        }
    }
    let overlaps = |other: &&Cell| other.geometry().overlaps(cell.geometry());
    if let Some(other) = grid.cells[..c].iter().find(overlaps) {
        findings.push(finding!(
            ["grid", g, "cell", c],
            "this cell overlaps the one at row {}, column {}; move one of them",
            other.row,
            other.col
        ));
    }
}

fn check_layers(
    instrument: &Instrument,
    cell: &Cell,
    g: usize,
    c: usize,
    findings: &mut Vec<Finding>,
) {
    if cell.layers.is_empty() {
        findings.push(finding!(
            ["grid", g, "cell", c, "layer"],
            "a cell without layers shows nothing; add [[grid.cell.layer]] or remove the cell"
        ));
    }
    for (l, layer) in cell.layers.iter().enumerate() {
        let path: Vec<Step> = ["grid".into(), g.into(), "cell".into(), c.into()].into();
        let path = [path, vec!["layer".into(), l.into()]].concat();
        for data in layer.data() {
            check_data(instrument, data, &path, findings);
        }
    }
}

/// Checks that data of the layer at `path` can come from where it says.
fn check_data(
    instrument: &Instrument,
    data: LayerData<'_>,
    path: &[Step],
    findings: &mut Vec<Finding>,
) {
    let mut find = |rest: &[Step], message: String| {
        // The keys of what is plotted stand in the layer itself.
        let of_role = (data.role != DataRole::Primary).then(|| data.role.as_str().into());
        let path = path.iter().copied().chain(of_role).chain(rest.to_vec());
        findings.push(Finding {
            path: path.collect(),
            message,
        });
    };
    let name = data.workflow;
    let Some(workflow) = instrument.workflow(name) else {
        let names = one_of(instrument.workflows.iter().map(|w| w.name.as_str()));
        let message = format!("there is no workflow {name:?}; {names}");
        return find(&["workflow".into()], message);
    };
    if data.sources.is_empty() {
        let message = "a layer without sources shows nothing; list some of the workflow's";
        find(&["sources".into()], message.to_owned());
    }
    for (s, source) in data.sources.iter().enumerate() {
        if !workflow.sources.contains(source) {
            let names = one_of(workflow.sources.iter().map(String::as_str));
            let message = format!("workflow {name:?} has no source {source:?}; {names}");
            let place: &[Step] = match data.role {
                DataRole::Primary => &["sources".into(), s.into()],
                DataRole::XAxis | DataRole::YAxis => &["source".into()],
            };
            find(place, message);
        }
    }
}
