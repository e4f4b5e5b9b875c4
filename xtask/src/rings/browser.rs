//! The served page in Chromium, by the Playwright tests in `end2end`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process;
use crate::site::{self, Profile, SITE_ENV};
use crate::workspace::Workspace;

/// Tells the tests which server to start.
const SERVER_ENV: &str = "BEAMDECK_SERVER";

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join("end2end");
    install(&folder)?;
    process::run(&mut npx(&folder, &["tsc", "--noEmit"]))?;
    let site = site::build(workspace, Profile::Release)?;
    let server = workspace.server()?;
    let mut tests = npx(&folder, &["playwright", "test"]);
    process::run(tests.env(SITE_ENV, site.folder).env(SERVER_ENV, server))
}

fn npx(folder: &Path, args: &[&str]) -> Command {
    let mut npx = Command::new("npx");
    npx.current_dir(folder).arg("--no-install").args(args);
    npx
}

/// Installs what `package-lock.json` says, unless it is installed.
fn install(folder: &Path) -> Result<()> {
    if !process::answers(Command::new("npm").arg("--version")) {
        bail!("this ring needs Node.js 20 or later with npm on the path: install it");
    }
    let mut listed = Command::new("npm");
    if process::answers(listed.current_dir(folder).args(["ls", "--all"])) {
        return Ok(());
    }
    let mut ci = Command::new("npm");
    process::run(
        ci.current_dir(folder)
            .args(["ci", "--no-audit", "--no-fund"]),
    )
    .context("npm could not install what end2end/package-lock.json names")
}
