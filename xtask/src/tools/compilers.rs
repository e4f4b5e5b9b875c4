//! What the Kafka library, written in C, is built with.

use std::process::Command;

use anyhow::{Result, bail};

use super::apt;
use crate::process;

/// What its `configure` and makefiles call, and Debian's package for it. The C compiler is not among
/// them: without one cargo could not have built us.
const TOOLS: [(&str, &str); 3] = [("bash", "bash"), ("c++", "g++"), ("make", "make")];

/// Sees to it that the server can be built.
pub(crate) fn ensure() -> Result<()> {
    let (programs, packages): (Vec<_>, Vec<_>) = missing().into_iter().unzip();
    if programs.is_empty() {
        return Ok(());
    }
    let what = format!(
        "{}, by which the Kafka library is built,",
        programs.join(", ")
    );
    apt::install(&what, &packages)?;
    if let Some((program, _)) = missing().first() {
        bail!("{program} was installed but is not on the path: check PATH");
    }
    Ok(())
}

fn missing() -> Vec<(&'static str, &'static str)> {
    let absent = |program: &str| !process::answers(Command::new(program).arg("--version"));
    TOOLS.into_iter().filter(|(it, _)| absent(it)).collect()
}
