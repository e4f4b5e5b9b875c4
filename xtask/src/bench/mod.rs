//! `cargo xtask bench`: measures what is built optimised, and holds every number against its budget.
//!
//! A missed budget does not fail the run: machines differ. What cannot measure does, with the remedy.

mod machine;
mod measurement;
mod programs;

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use self::measurement::Measurement;
use self::programs::Programs;
use crate::workspace::Workspace;

/// What belongs together and is measured by the same programs.
struct Group {
    name: &'static str,
    what: &'static str,
    steps: &'static [Step],
}

/// One program that measures.
enum Step {
    /// A benchmark of the server crate, with its arguments.
    Native(&'static str, &'static [&'static str]),
    /// A file in `end2end/bench`, driving Chromium.
    Browser(&'static str),
}

const GROUPS: &[Group] = &[
    Group {
        name: "reduce",
        what: "events per second, from ev44 bytes to counters",
        steps: &[Step::Native("reduce", &[])],
    },
    Group {
        name: "plot",
        what: "computing and encoding frames",
        steps: &[Step::Native("plot", &[])],
    },
    Group {
        name: "sync",
        what: "what sessions cost the server, and how soon they are answered",
        steps: &[Step::Native("sync", &["sessions", "sparse"])],
    },
    Group {
        name: "client",
        what: "the page in Chromium: loading, painting, main thread",
        steps: &[Step::Browser("client"), Step::Browser("client-many")],
    },
    Group {
        name: "idle",
        what: "sessions for which nothing changes",
        steps: &[Step::Native("sync", &["idle"]), Step::Browser("idle")],
    },
];

/// What `bench` takes.
#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    /// The groups to run; all of them when none is named.
    #[arg(value_parser = names())]
    groups: Vec<String>,
    /// One JSON object per line on stdout, and nothing else.
    #[arg(long)]
    json: bool,
}

fn names() -> PossibleValuesParser {
    let value = |group: &Group| PossibleValue::new(group.name).help(group.what);
    GROUPS.iter().map(value).collect::<Vec<_>>().into()
}

/// Builds what is measured, runs the groups, and prints each group's table when it is complete, or every
/// line as it comes.
pub(crate) fn bench(workspace: &Workspace, args: &BenchArgs) -> Result<()> {
    let programs = Programs::build(workspace)?;
    let machine = machine::describe(workspace);
    if args.json {
        println!("{machine}");
    } else {
        println!("{}", machine::sentence(&machine));
    }
    for group in GROUPS {
        if !args.groups.is_empty() && !args.groups.iter().any(|it| it == group.name) {
            continue;
        }
        eprintln!("\n\x1b[1m── {}: {} ──\x1b[0m", group.name, group.what);
        let mut measured = Vec::new();
        for step in group.steps {
            programs.run(workspace, step, |text| {
                let measurement = Measurement::parse(text)?;
                if args.json {
                    println!("{text}");
                }
                measured.push(measurement);
                Ok(())
            })?;
        }
        if !args.json {
            println!("\n{}\n{}", group.name, measurement::table(&measured));
        }
    }
    Ok(())
}
