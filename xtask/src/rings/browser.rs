//! The served page in Chromium, by the Playwright tests in `end2end`.

use anyhow::Result;

use crate::node::{SERVER_ENV, install, npx};
use crate::process;
use crate::site::{self, Profile, SITE_ENV};
use crate::workspace::Workspace;

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join("end2end");
    install(&folder)?;
    process::run(&mut npx(&folder, &["tsc", "--noEmit"]))?;
    let site = site::build(workspace, Profile::Release)?;
    let server = workspace.server()?;
    let mut tests = npx(&folder, &["playwright", "test"]);
    process::run(tests.env(SITE_ENV, site.folder).env(SERVER_ENV, server))
}
