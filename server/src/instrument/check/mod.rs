//! The rules a declaration must follow beyond its types. Reports all violations, not the first.

mod grids;
mod layouts;
mod streams;
mod workflows;

use std::collections::BTreeSet;

use super::Instrument;
use super::problem::{Finding, Step, finding};

/// Everything wrong with the instrument, in the order of its sections.
pub(super) fn findings(instrument: &Instrument) -> Vec<Finding> {
    let mut findings = Vec::new();
    check_name(&mut findings, vec!["name".into()], &instrument.name);
    let rate = instrument.pulse_rate_hz;
    if !(0.001..=1e6).contains(&rate) {
        findings.push(finding!(
            ["pulse_rate_hz"],
            "pulse_rate_hz is {rate}; give the pulses per second, from 0.001 to 1000000"
        ));
    }
    streams::check(instrument, &mut findings);
    layouts::check(instrument, &mut findings);
    workflows::check(instrument, &mut findings);
    grids::check(instrument, &mut findings);
    findings
}

/// Names become parts of ids and addresses, so they must not need escaping there.
fn check_name(findings: &mut Vec<Finding>, path: Vec<Step>, name: &str) {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    if name.is_empty() || !name.chars().all(plain) {
        let message =
            format!("{name:?} is not a name; use letters, digits, \"_\", \"-\" and \".\" only");
        findings.push(Finding { path, message });
    }
}

/// Names the things that `name` should have been one of.
fn one_of<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.map(|name| format!("{name:?}")).collect();
    if names.is_empty() {
        "declare one first".to_owned()
    } else {
        format!("use one of {}", names.join(", "))
    }
}

/// Remembers what was seen; false the second time.
#[derive(Default)]
struct Seen<'a>(BTreeSet<(&'a str, &'a str)>);

impl<'a> Seen<'a> {
    fn is_new(&mut self, name: &'a str) -> bool {
        self.is_new_pair(name, "")
    }

    fn is_new_pair(&mut self, first: &'a str, second: &'a str) -> bool {
        self.0.insert((first, second))
    }
}

#[cfg(test)]
mod tests {
    use crate::instrument::Instrument;

    const STREAMS: &str = r#"
name = "test"
title = "Test"
pulse_rate_hz = 14.0

[[stream]]
name = "bank"
kind = "detector_events"
topic = "events"
source = "bank"
title = "Bank"

[[stream]]
name = "motor"
kind = "log"
topic = "motion"
source = "motor"
title = "Motor"
unit = "mm"

[[detector]]
stream = "bank"
first_pixel_id = 1
dims = ["y", "x"]
shape = [4, 8]
"#;

    /// The messages for the valid declaration followed by `more`.
    fn messages(more: &str) -> Vec<String> {
        match Instrument::parse("test.toml", &format!("{STREAMS}{more}")) {
            Ok(_) => Vec::new(),
            Err(error) => error.to_string().lines().map(str::to_owned).collect(),
        }
    }

    fn assert_found(more: &str, expected: &[&str]) {
        let messages = messages(more);
        assert_eq!(messages.len(), expected.len(), "{messages:#?}");
        for (message, part) in messages.iter().zip(expected) {
            assert!(message.contains(part), "{message:?} lacks {part:?}");
        }
    }

    #[test]
    fn the_base_is_valid() {
        assert_found("", &[]);
    }

    #[test]
    fn an_unknown_key_names_line_and_alternatives() {
        let more = "[[workflow]]\nnmae = \"x\"\n";
        assert_found(
            more,
            &["test.toml:27:1: unknown field `nmae`, expected one of `name`"],
        );
    }

    #[test]
    fn several_problems_are_reported_at_once() {
        let more = r#"
[[stream]]
name = "motor"
kind = "log"
topic = "motion"
source = "motor"
title = "Again"
[[stream]]
name = "bank 2"
kind = "detector_events"
topic = ""
source = "bank2"
title = "Bank 2"
unit = "K"
"#;
        let expected = [
            "test.toml:28:8: a stream \"motor\" exists already",
            "test.toml:31:10: source \"motor\" on topic \"motion\" already belongs to stream \"motor\"",
            "test.toml:34:8: \"bank 2\" is not a name",
            "test.toml:36:9: the topic is empty",
            "test.toml:39:8: only logs have a unit here",
            "test.toml:33:1: stream \"bank 2\" has no pixel layout; add [[detector]]",
        ];
        assert_found(more, &expected);
    }

    #[test]
    fn layouts_are_checked() {
        let more = r#"
[[detector]]
stream = "motor"
first_pixel_id = 32
dims = ["x", "x", "z"]
shape = [2, 0]
[[detector]]
stream = "bank"
first_pixel_id = 2147483640
dims = ["x"]
shape = [100]
[[detector]]
stream = "bnak"
first_pixel_id = 30
dims = ["x"]
shape = [3]
"#;
        let expected = [
            "stream \"motor\" is a log",
            "3 dims but a shape of 2",
            "dimension \"x\" is named twice",
            "a dimension of 0 pixels",
            "stream \"bank\" has a pixel layout already",
            "pixel ids end at 2147483739",
            "there is no stream \"bnak\"; use one of \"bank\", \"motor\"",
            "pixel ids 30..=32 overlap with 1..=32 of \"bank\"; start at 33",
        ];
        assert_found(more, &expected);
    }

    #[test]
    fn workflows_are_checked() {
        let more = r#"
[[workflow]]
name = "image"
kind = "detector_view"
title = "Image"
sources = ["bank", "motor", "bank", "gone"]
view = { dims = ["x"], shape = [32] }
[[workflow]]
name = "image"
kind = "detector_layers"
title = "Layers"
sources = []
[[workflow]]
name = "layers"
kind = "detector_layers"
title = "Layers"
sources = ["bank"]
view = { dims = ["l", "y", "x"], shape = [2, 4, 5] }
"#;
        let expected = [
            "workflow kind detector_view cannot reduce the log \"motor\"",
            "source \"bank\" is listed twice",
            "there is no stream \"gone\"",
            "only detector_layers has a view",
            "a workflow \"image\" exists already",
            "workflow \"image\" has no sources",
            "workflow kind detector_layers needs a view",
            "the view has 40 pixels but \"bank\" has 4 × 8",
        ];
        assert_found(more, &expected);
    }

    #[test]
    fn grids_are_checked() {
        let more = r#"
[[workflow]]
name = "image"
kind = "detector_view"
title = "Image"
sources = ["bank"]
[[grid]]
name = "main"
title = "Main"
nrows = 2
ncols = 2
[[grid.cell]]
row = 0
col = 1
col_span = 2
layer = [{ plotter = "image", workflow = "image", output = "current", sources = ["motor"] }]
[[grid.cell]]
row = 0
col = 0
row_span = 2
col_span = 2
layer = [{ plotter = "image", workflow = "imgae", output = "current", sources = ["bank"] }]
[[grid.cell]]
row = 1
col = 0
layer = []
[[grid.cell]]
row = 0
col = 0
layer = [{ plotter = "vlines", x_axis = { workflow = "image", output = "current", source = "bnak" } }]
"#;
        let expected = [
            "columns 1 to 2 leave the grid of 2 columns",
            "workflow \"image\" has no source \"motor\"; use one of \"bank\"",
            "this cell overlaps the one at row 0, column 1",
            "there is no workflow \"imgae\"; use one of \"image\"",
            "this cell overlaps the one at row 0, column 0",
            "a cell without layers shows nothing",
            "this cell overlaps the one at row 0, column 0",
            "test.toml:55:92: workflow \"image\" has no source \"bnak\"; use one of \"bank\"",
        ];
        assert_found(more, &expected);
    }
}
