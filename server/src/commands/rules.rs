//! Holds an instrument file against what only the kinds of workflows and plotters know: which outputs exist, what
//! can draw them, and what parameters mean. The rules themselves are theirs.

use std::path::Path;

use shared::id::WorkflowId;
use shared::topology::JsonText;

use crate::instrument::{self, Finding, Instrument, InstrumentError, Step};
use crate::plot::{LayerProblem, check_config, layer_config};
use crate::reduce;

/// Loads an instrument as [`instrument::load`] does, by these rules too.
///
/// # Errors
/// As [`instrument::load`].
pub(super) fn load(name: &str, extra_dir: Option<&Path>) -> Result<Instrument, InstrumentError> {
    instrument::load_with(name, extra_dir, findings)
}

fn findings(instrument: &Instrument) -> Vec<Finding> {
    let mut findings = Vec::new();
    check_workflows(instrument, &mut findings);
    let declared = reduce::declarations(instrument);
    for (g, grid) in instrument.grids.iter().enumerate() {
        for (c, cell) in grid.cells.iter().enumerate() {
            for (l, layer) in cell.layers.iter().enumerate() {
                let config = layer_config(instrument, layer);
                let known = |id: &WorkflowId| declared.iter().find(|it| it.id == *id);
                let Err(problem) = check_config(&config, known) else {
                    continue;
                };
                let path: [Step; 7] = [
                    "grid".into(),
                    g.into(),
                    "cell".into(),
                    c.into(),
                    "layer".into(),
                    l.into(),
                    key_of(&problem).into(),
                ];
                findings.push(Finding {
                    path: path.to_vec(),
                    message: problem.reason,
                });
            }
        }
    }
    findings
}

/// The key of the instrument file, within its layer, that the field of a problem is written under.
fn key_of(problem: &LayerProblem) -> &'static str {
    match problem.field.as_str() {
        "plotter" => "plotter",
        "sources.primary" | "sources.primary.workflow" => "workflow",
        "sources.primary.output" => "output",
        "sources.primary.sources" => "sources",
        axis if axis.starts_with("sources.x_axis") => "x_axis",
        axis if axis.starts_with("sources.y_axis") => "y_axis",
        _ => "params",
    }
}

fn check_workflows(instrument: &Instrument, findings: &mut Vec<Finding>) {
    for (i, workflow) in instrument.workflows.iter().enumerate() {
        let id = reduce::workflow_id(instrument, workflow);
        for source in &workflow.sources {
            if let Err(error) = reduce::plan(instrument, &id, source, &JsonText::empty()) {
                findings.push(Finding {
                    path: vec!["workflow".into(), i.into(), "params".into()],
                    message: format!("for source {source:?}: {error}"),
                });
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(replacements: &[(&str, &str)]) -> Vec<String> {
        let mut text = include_str!("../../../instruments/dummy.toml").to_owned();
        for (from, to) in replacements {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        match Instrument::parse_with("dummy.toml", &text, findings) {
            Ok(_) => Vec::new(),
            Err(error) => error.to_string().lines().map(str::to_owned).collect(),
        }
    }

    #[test]
    fn every_shipped_instrument_keeps_these_rules() {
        for name in instrument::shipped() {
            if let Err(error) = load(&name, None) {
                panic!("{error}");
            }
        }
    }

    #[test]
    fn outputs_plotters_and_parameters_are_checked_with_their_places() {
        let found = problems(&[
            ("output = \"cumulative\"", "output = \"cumulated\""),
            (
                "plotter = \"image\"\nworkflow = \"area",
                "plotter = \"lines\"\nworkflow = \"area",
            ),
            (
                "autostart = true",
                "autostart = true\nparams = { toa_edges = { num_bins = 0 } }",
            ),
            (
                "output = \"counts_total\"",
                "output = \"counts_total\"\nparams = { no_such = 1 }",
            ),
        ]);
        let parts = [
            "toa_edges.num_bins",
            "no output \"cumulated\"; use one of cumulative, current",
            "lines cannot draw \"current\" with its 2 dimensions; use image",
            "no_such",
        ];
        assert_eq!(found.len(), parts.len(), "{found:#?}");
        for (message, part) in found.iter().zip(parts) {
            assert!(message.starts_with("dummy.toml:"), "{message}");
            assert!(message.contains(part), "{message} lacks {part}");
        }
    }
}
