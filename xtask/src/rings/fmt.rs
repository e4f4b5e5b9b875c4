//! Formatting of every package.

use anyhow::{Context as _, Result};

use crate::process;
use crate::workspace::Workspace;

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    process::run(&mut workspace.cargo(["fmt", "--all", "--check"])).context("run `cargo fmt --all`")
}
