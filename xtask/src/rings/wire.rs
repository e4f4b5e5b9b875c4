//! Wire formats both ways against the facility's own Python package.

use std::fs;

use anyhow::{Context as _, Result};

use super::python::Venv;
use super::unit::HOST_PACKAGES;
use crate::process;
use crate::workspace::Workspace;

/// The integration test of the server that this ring runs.
pub(super) const TEST: &str = "wire_oracle";
/// Tells the test which Python has the oracle.
const PYTHON_ENV: &str = "BEAMDECK_ORACLE_PYTHON";
const REQUIREMENTS: &str = "server/tests/oracle/requirements.txt";

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let requirements = workspace.root.join(REQUIREMENTS);
    let wanted = fs::read_to_string(&requirements)
        .with_context(|| format!("{REQUIREMENTS} names the oracle and must exist"))?;
    let venv = Venv::ensure(workspace)?;
    venv.install(
        "oracle",
        &wanted,
        &["--requirement", &requirements.to_string_lossy()],
    )?;
    let mut tests = workspace.cargo(["test", "--test", TEST]);
    process::run(tests.args(HOST_PACKAGES).env(PYTHON_ENV, venv.python()))
}
