//! Compiles the client to WebAssembly and binds it to JavaScript.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::Profile;
use crate::process;
use crate::tools::rust::{WASM, ensure_wasm_target};
use crate::workspace::Workspace;

/// The module that a page imports.
pub(super) const SCRIPT: &str = "app.js";
/// The module that loads parts.
pub(super) const LOADER: &str = "parts.js";
/// What a page loads at once; every other `.wasm` is a part.
pub(super) const MAIN: &str = "app_bg.wasm";

/// Whether a file is loaded when first wanted.
pub(super) fn is_part(name: &str) -> bool {
    name != MAIN && Path::new(name).extension().is_some_and(|it| it == "wasm")
}

/// Keeps in the client what refers to what, by which it is split into parts.
const RELOCATIONS: &str = "-Clink-args=--emit-relocs";

/// Compiles the client; returns where cargo put it.
pub(super) fn build(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    ensure_wasm_target()?;
    let args = ["--package", "beamdeck-app", "--lib", "--target", WASM];
    let features = ["--no-default-features", "--features", "hydrate"];
    let mut command = workspace.cargo(["rustc"]);
    command
        .args(args)
        .args(features)
        .args(["--profile", profile.name()]);
    let made = process::artifacts(&mut command, &[RELOCATIONS])?;
    let wasm = made
        .into_iter()
        .rfind(|it| it.extension().is_some_and(|it| it == "wasm"));
    wasm.context("cargo built no .wasm file: is beamdeck-app a cdylib?")
}

/// Writes the client's modules and its parts into a folder; only a client for development keeps the names of
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
