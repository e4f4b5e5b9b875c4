//! Where things are: the root of the workspace and cargo's target folder.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process;

/// What is tested on the host. Always named together, so that features are resolved the same way
/// in every ring and dependencies compile once.
pub(crate) const HOST_PACKAGES: [&str; 10] = [
    "--package",
    "beamdeck-shared",
    "--package",
    "beamdeck-app",
    "--features",
    "beamdeck-app/ssr",
    "--package",
    "beamdeck-server",
    "--package",
    "xtask",
];

/// Beside [`HOST_PACKAGES`]: the server holds the client, as a release does.
pub(crate) const EMBED_FEATURE: [&str; 2] = ["--features", "beamdeck-server/embed"];

/// The folders every step works in.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Where cargo builds; `CARGO_TARGET_DIR` and cargo's configuration are respected.
    pub(crate) target: PathBuf,
    metadata: Value,
}

impl Workspace {
    /// Asks cargo, from wherever inside the workspace we were started.
    pub(crate) fn locate() -> Result<Self> {
        let mut command = Command::new(process::cargo());
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata: Value = serde_json::from_str(&process::output(&mut command)?)
            .context("cargo metadata did not answer in JSON")?;
        let folder = |key: &str| -> Result<PathBuf> {
            let path = metadata[key].as_str();
            path.map(PathBuf::from)
                .with_context(|| format!("cargo metadata names no {key}"))
        };
        Ok(Self {
            root: folder("workspace_root")?,
            target: folder("target_directory")?,
            metadata,
        })
    }

    /// A cargo command that runs at the root.
    pub(crate) fn cargo<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(process::cargo());
        command.current_dir(&self.root).args(args);
        command
    }

    /// Builds the everyday server; returns its program.
    ///
    /// Naming a test beside it resolves features as the test rings do, so nothing compiles twice.
    pub(crate) fn server(&self) -> Result<PathBuf> {
        let mut build = self.cargo(["build", "--bin", "beamdeck", "--test", "assets"]);
        let made = process::artifacts(build.args(HOST_PACKAGES), &[])?;
        let program = made
            .into_iter()
            .rfind(|it| it.file_stem().is_some_and(|it| it == "beamdeck"));
        program.context("cargo built no program named beamdeck")
    }

    /// The names of a package's integration tests, sorted.
    pub(crate) fn integration_tests(&self, package: &str) -> Vec<String> {
        let packages = self.metadata["packages"].as_array().into_iter().flatten();
        let targets = packages
            .filter(|it| it["name"] == package)
            .flat_map(|it| it["targets"].as_array().into_iter().flatten());
        let mut names: Vec<String> = targets
            .filter(|it| it["kind"][0] == "test")
            .filter_map(|it| it["name"].as_str())
            .map(str::to_owned)
            .collect();
        names.sort_unstable();
        names
    }
}
