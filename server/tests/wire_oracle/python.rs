//! Runs the oracle script, or says what is missing.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

const REMEDY: &str = "run `cargo xtask test wire`, which makes the Python environment, \
    or set BEAMDECK_ORACLE_PYTHON to an interpreter that has server/tests/oracle/requirements.txt";

fn interpreter() -> PathBuf {
    if let Some(path) = env::var_os("BEAMDECK_ORACLE_PYTHON") {
        return path.into();
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("cargo makes it in target");
    target.join("oracle-venv/bin/python")
}

/// Runs `oracle.py COMMAND FOLDER` and fails the test with the remedy if it cannot.
pub(crate) fn oracle(command: &str, folder: &Path) {
    let python = interpreter();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/oracle.py");
    let output = Command::new(&python)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(script)
        .arg(command)
        .arg(folder)
        .output()
        .unwrap_or_else(|error| panic!("cannot run {}: {error}; {REMEDY}", python.display()));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "the oracle failed; {REMEDY}\n{stderr}"
    );
}
