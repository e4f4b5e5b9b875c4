//! Rules for workflows.

use crate::instrument::problem::{Finding, finding};
use crate::instrument::{Instrument, Workflow, WorkflowKind};

use super::{Seen, check_name, layouts, one_of};

pub(super) fn check(instrument: &Instrument, findings: &mut Vec<Finding>) {
    let mut names = Seen::default();
    for (i, workflow) in instrument.workflows.iter().enumerate() {
        let name = &workflow.name;
        check_name(
            findings,
            vec!["workflow".into(), i.into(), "name".into()],
            name,
        );
        if !names.is_new(name) {
            findings.push(finding!(
                ["workflow", i, "name"],
                "a workflow {name:?} exists already; choose another name"
            ));
        }
        if workflow.sources.is_empty() {
            findings.push(finding!(
                ["workflow", i, "sources"],
                "workflow {name:?} has no sources; list the streams it can run for"
            ));
        }
        check_sources(instrument, i, workflow, findings);
        check_view(instrument, i, workflow, findings);
    }
}

fn check_sources(
    instrument: &Instrument,
    i: usize,
    workflow: &Workflow,
    findings: &mut Vec<Finding>,
) {
    let mut seen = Seen::default();
    for (j, source) in workflow.sources.iter().enumerate() {
        let kind = workflow.kind;
        let path = ["workflow".into(), i.into(), "sources".into(), j.into()];
        let fitting = || {
            let fitting = instrument
                .streams
                .iter()
                .filter(|stream| kind.accepts(stream.kind));
            one_of(fitting.map(|stream| stream.name.as_str()))
        };
        let message = match instrument.stream(source) {
            None => format!("there is no stream {source:?}; {}", fitting()),
            Some(stream) if !kind.accepts(stream.kind) => format!(
                "workflow kind {} cannot reduce the {} {source:?}; {}",
                kind.as_str(),
                stream.kind,
                fitting()
            ),
            Some(_) if !seen.is_new(source) => {
                format!("source {source:?} is listed twice; remove one")
            }
            Some(_) => continue,
        };
        findings.push(Finding {
            path: path.to_vec(),
            message,
        });
    }
}

fn check_view(instrument: &Instrument, i: usize, workflow: &Workflow, findings: &mut Vec<Finding>) {
    let needs_view = workflow.kind == WorkflowKind::DetectorLayers;
    let Some(view) = &workflow.view else {
        if needs_view {
            findings.push(finding!(
                ["workflow", i, "kind"],
                "workflow kind detector_layers needs a view; add view = {{ dims = [...], shape = [...] }}"
            ));
        }
        return;
    };
    if !needs_view {
        findings.push(finding!(
            ["workflow", i, "view"],
            "only detector_layers has a view; remove it or change the kind"
        ));
        return;
    }
    let path = ["workflow".into(), i.into(), "view".into()];
    layouts::check_axes(findings, &path, &view.dims, &view.shape);
    if view.dims.len() != 3 {
        findings.push(finding!(
            ["workflow", i, "view", "dims"],
            "a view has three dims; name the layers, then y and x"
        ));
    }
    let pixels = view
        .shape
        .iter()
        .fold(1_usize, |product, &length| product.saturating_mul(length));
    for detector in workflow
        .sources
        .iter()
        .filter_map(|source| instrument.detector(source))
    {
        if detector
            .shape
            .iter()
            .try_fold(1, |n: usize, &length| n.checked_mul(length))
            != Some(pixels)
        {
            findings.push(finding!(
                ["workflow", i, "view", "shape"],
                "the view has {pixels} pixels but {:?} has {}; make them equal",
                detector.stream,
                detector
                    .shape
                    .iter()
                    .map(usize::to_string)
                    .collect::<Vec<_>>()
                    .join(" × ")
            ));
        }
    }
}
