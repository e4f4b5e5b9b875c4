//! `beamdeck check`: what is wrong with an instrument file, before anything is started.

use std::io::Write as _;

use clap::Args;

use shared::id::WorkflowId;

use super::rules;
use crate::instrument::Instrument;
use crate::plot::files;
use crate::reduce;

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

fn check_one(name: &str) -> Result<String, String> {
    let instrument = rules::load(name, None).map_err(|error| error.to_string())?;
    check_templates(&instrument)?;
    Ok(format!(
        "{} is fine: {} streams on {} topics, {} workflows, {} grids, {} templates",
        instrument.title,
        instrument.streams.len(),
        instrument.topics().len(),
        instrument.workflows.len(),
        instrument.grids.len(),
        instrument.templates.len()
    ))
}

/// A template is to be added as it is: what would be left out of it is a mistake.
fn check_templates(instrument: &Instrument) -> Result<(), String> {
    let declared = reduce::declarations(instrument);
    let find = |id: &WorkflowId| declared.iter().find(|it| it.id == *id);
    for template in &instrument.templates {
        let name = &template.name;
        let drafts = files::read(&template.text, find);
        let drafts = drafts.map_err(|error| format!("template {name}: {error}"))?;
        if let Some(remark) = drafts.iter().find_map(|it| it.remarks.first()) {
            return Err(format!("template {name}: {remark}"));
        }
    }
    Ok(())
}
