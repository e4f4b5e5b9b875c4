//! Wire formats both ways against the facility's own Python package.

use anyhow::Result;

use crate::process;
use crate::tools::python::Venv;
use crate::workspace::{HOST_PACKAGES, Workspace};

/// The integration test of the server that this ring runs.
pub(super) const TEST: &str = "wire_oracle";
/// Tells the test which Python has the oracle.
pub(super) const PYTHON_ENV: &str = "BEAMDECK_ORACLE_PYTHON";

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let venv = Venv::ensure(workspace)?;
    let mut tests = workspace.cargo(["test", "--test", TEST]);
    process::run(tests.args(HOST_PACKAGES).env(PYTHON_ENV, venv.python()))
}
