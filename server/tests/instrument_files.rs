//! Instrument files as people write them: what the documentation shows works, and no text panics.

use proptest::prelude::*;
use server::instrument::{Instrument, InstrumentError};

const DUMMY: &str = include_str!("../../instruments/dummy.toml");
const DOCUMENTATION: &str = include_str!("../../docs/instruments.md");

#[test]
fn the_documented_example_is_valid() {
    let (_, rest) = DOCUMENTATION.split_once("```toml\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    let instrument = Instrument::parse("docs/instruments.md", example);
    let instrument = instrument.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(instrument.name, "mybeam");
    assert_eq!(instrument.grids[0].cells.len(), 2);
}

#[test]
fn absurd_sizes_are_refused_not_allocated() {
    for (from, to) in [
        ("shape = [256, 256]", "shape = [9223372036854775807, 3]"),
        ("shape = [128, 128]", "shape = [9223372036854775807, 3]"),
        (
            "shape = [4, 32, 128]",
            "shape = [9223372036854775807, 3, 2]",
        ),
        ("nrows = 2", "nrows = 4294967295"),
        ("row = 0", "row = 4294967295"),
        ("pulse_rate_hz = 14.0", "pulse_rate_hz = nan"),
    ] {
        let text = DUMMY.replace(from, to);
        assert_ne!(text, DUMMY, "{from}");
        let error = Instrument::parse("dummy.toml", &text).expect_err(to);
        assert!(matches!(error, InstrumentError::Invalid(_)), "{to}");
    }
}

proptest! {
    /// Cutting, doubling and replacing pieces of a valid file gives an instrument or located problems.
    #[test]
    fn mangled_files_never_panic(
        edits in proptest::collection::vec((0..DUMMY.len(), 0..40_usize, "[ -~\n]{0,8}"), 1..4),
    ) {
        let mut bytes = DUMMY.as_bytes().to_vec();
        for (at, len, text) in edits {
            let at = at.min(bytes.len());
            let end = (at + len).min(bytes.len());
            bytes.splice(at..end, text.bytes());
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Err(InstrumentError::Invalid(problems)) = Instrument::parse("dummy.toml", &text) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(problem.line >= 1 && problem.line <= text.lines().count() + 1);
                prop_assert!(!problem.message.is_empty());
            }
        }
    }
}
