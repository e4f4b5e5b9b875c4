//! The served page in Chromium, by the Playwright tests in `end2end`.

use anyhow::Result;

use super::{kafka, wire};
use crate::process;
use crate::site::{self, Profile, SITE_ENV};
use crate::tools::end2end::{End2end, SERVER_ENV};
use crate::tools::python::Venv;
use crate::workspace::Workspace;

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let end2end = End2end::ensure(workspace)?;
    process::run(end2end.program("tsc").arg("--noEmit"))?;
    let site = site::build(workspace, Profile::Release)?;
    let server = workspace.server()?;
    let mut tests = end2end.program("playwright");
    tests.arg("test");
    tests.env(SITE_ENV, site.folder).env(SERVER_ENV, server);
    // The broker is fed by the facility's own Python package.
    tests.envs(kafka::broker(workspace)?);
    tests.env(wire::PYTHON_ENV, Venv::ensure(workspace)?.python());
    process::run(&mut tests)
}
