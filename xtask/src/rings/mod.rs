//! `cargo xtask test`: the rings of tests, from cheap to expensive.
//!
//! A ring passes or fails. One that lacks something it needs fails with the remedy; none skips.

mod arrows;
mod browser;
mod clippy;
mod fmt;
mod kafka;
mod size;
mod unit;
mod wire;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::workspace::Workspace;

/// One ring of tests.
struct Ring {
    name: &'static str,
    what: &'static str,
    run: fn(&Workspace) -> Result<()>,
}

/// Every ring, in the order they run in.
const RINGS: &[Ring] = &[
    Ring {
        name: "fmt",
        what: "formatting",
        run: fmt::run,
    },
    Ring {
        name: "arrows",
        what: "dependencies between rooms, tidiness",
        run: arrows::run,
    },
    Ring {
        name: "clippy",
        what: "lints, host and wasm, and docs",
        run: clippy::run,
    },
    Ring {
        name: "unit",
        what: "unit, property, integration and doc tests",
        run: unit::run,
    },
    Ring {
        name: "wire",
        what: "wire formats against the Python oracle",
        run: wire::run,
    },
    Ring {
        name: "kafka",
        what: "ingest from a real broker",
        run: kafka::run,
    },
    Ring {
        name: "size",
        what: "what a first visit loads, and the program that holds it",
        run: size::run,
    },
    Ring {
        name: "browser",
        what: "the served page in Chromium",
        run: browser::run,
    },
];

/// What `test` takes.
#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// The rings to run; without one, all of them.
    #[arg(value_name = "RING", value_parser = names())]
    rings: Vec<String>,
}

fn names() -> PossibleValuesParser {
    use clap::builder::PossibleValue;
    RINGS
        .iter()
        .map(|ring| PossibleValue::new(ring.name).help(ring.what))
        .collect::<Vec<_>>()
        .into()
}

/// Runs the rings and closes with a table and a line `N passed, N failed`.
pub(crate) fn test(workspace: &Workspace, args: &TestArgs) -> ExitCode {
    let mut outcomes = Vec::new();
    for ring in RINGS {
        if args.rings.is_empty() || args.rings.iter().any(|name| name == ring.name) {
            outcomes.push(Outcome::of(ring, workspace));
        }
    }
    println!();
    for outcome in &outcomes {
        println!("{}", outcome.row());
    }
    let failed = outcomes.iter().filter(|it| it.failure.is_some()).count();
    println!("\n{} passed, {failed} failed", outcomes.len() - failed);
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

struct Outcome {
    ring: &'static str,
    took: Duration,
    failure: Option<String>,
}

impl Outcome {
    fn of(ring: &Ring, workspace: &Workspace) -> Self {
        eprintln!("\n\x1b[1m── {}: {} ──\x1b[0m", ring.name, ring.what);
        let started = Instant::now();
        let result = (ring.run)(workspace);
        let failure = result.err().map(|error| format!("{error:#}"));
        if let Some(failure) = &failure {
            eprintln!("\x1b[31m{}: {failure}\x1b[0m", ring.name);
        }
        Self {
            ring: ring.name,
            took: started.elapsed(),
            failure,
        }
    }

    fn row(&self) -> String {
        let head = format!("{:<8} {:>5} s", self.ring, self.took.as_secs());
        match &self.failure {
            None => format!("{head}  ok"),
            Some(failure) => format!("{head}  FAILED  {failure}"),
        }
    }
}
