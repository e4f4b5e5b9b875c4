//! Programs of the Node package `end2end`: installed as its lock file says, run from its folder.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process;

/// Tells what drives a browser which server to start.
pub(crate) const SERVER_ENV: &str = "BEAMDECK_SERVER";

/// A program that the package brings.
pub(crate) fn npx(folder: &Path, args: &[&str]) -> Command {
    let mut npx = Command::new("npx");
    npx.current_dir(folder).arg("--no-install").args(args);
    npx
}

/// Installs what `package-lock.json` says, unless it is installed.
pub(crate) fn install(folder: &Path) -> Result<()> {
    if !process::answers(Command::new("npm").arg("--version")) {
        bail!("this needs Node.js 20 or later with npm on the path: install it");
    }
    let mut listed = Command::new("npm");
    if process::answers(listed.current_dir(folder).args(["ls", "--all"])) {
        return Ok(());
    }
    let mut ci = Command::new("npm");
    process::step(
        ci.current_dir(folder)
            .args(["ci", "--no-audit", "--no-fund"]),
    )
    .context("npm could not install what end2end/package-lock.json names")
}
