//! `beamdeck check`: what is wrong with an instrument file, before anything is started.

use std::io::Write as _;

use clap::Args;

use crate::instrument::InstrumentError;

use super::rules;

/// What `check` takes.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Shipped names, or paths of TOML files.
    #[arg(required = true, value_name = "INSTRUMENT")]
    instruments: Vec<String>,
}

pub(super) fn check(args: &CheckArgs) -> anyhow::Result<()> {
    let mut failed = 0_usize;
    let mut out = std::io::stdout().lock();
    for name in &args.instruments {
        match check_one(name) {
            Ok(summary) => writeln!(out, "{name}: {summary}")?,
            Err(problems) => {
                failed += 1;
                writeln!(out, "{problems}")?;
            }
        }
    }
    if failed > 0 {
        anyhow::bail!(
            "{failed} of {} instruments have problems",
            args.instruments.len()
        );
    }
    Ok(())
}

fn check_one(name: &str) -> Result<String, InstrumentError> {
    let instrument = rules::load(name, None)?;
    Ok(format!(
        "{} is fine: {} streams on {} topics, {} workflows, {} grids",
        instrument.title,
        instrument.streams.len(),
        instrument.topics().len(),
        instrument.workflows.len(),
        instrument.grids.len()
    ))
}
