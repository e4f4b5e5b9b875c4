//! Compiles the client to WebAssembly and binds it to JavaScript.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::Profile;
use crate::process;
use crate::tools::rust::{WASM, ensure_wasm_target};
use crate::workspace::Workspace;

/// Compiles the client; returns where cargo put it.
pub(super) fn build(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    ensure_wasm_target()?;
    let args = ["--package", "beamdeck-app", "--lib", "--target", WASM];
    let features = ["--no-default-features", "--features", "hydrate"];
    let mut command = workspace.cargo(["build"]);
    command
        .args(args)
        .args(features)
        .args(["--profile", profile.name()]);
    let made = process::artifacts(&mut command)?;
    let wasm = made
        .into_iter()
        .rfind(|it| it.extension().is_some_and(|it| it == "wasm"));
    wasm.context("cargo built no .wasm file: is beamdeck-app a cdylib?")
}

/// Writes `app.js` and `app_bg.wasm` into a folder; only a client for development keeps the names of
/// its functions.
pub(super) fn bind(
    workspace: &Workspace,
    profile: Profile,
    wasm: &Path,
    folder: &Path,
) -> Result<()> {
    let mut command = workspace.cargo(["run", "--package", "xtask-bindgen", "--"]);
    command.arg(wasm).arg(folder);
    if profile == Profile::Release {
        command.arg("--without-names");
    }
    process::step(&mut command)
}
