//! The Node package `end2end`, which drives a browser: installed as its lock file says.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::chromium::{self, CHROMIUM_ENV};
use super::node::Node;
use crate::workspace::Workspace;

/// Tells what drives a browser which server to start.
pub(crate) const SERVER_ENV: &str = "BEAMDECK_SERVER";

/// The package with all that it runs on.
#[derive(Debug)]
pub(crate) struct End2end {
    node: Node,
    folder: PathBuf,
    chromium: Option<PathBuf>,
}

impl End2end {
    /// Finds Node.js, the packages and a browser, or installs them.
    pub(crate) fn ensure(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.root.join("end2end");
        let node = Node::ensure(workspace)?;
        node.install(&folder)?;
        let chromium = chromium::ensure(&node, &folder)?;
        Ok(Self {
            node,
            folder,
            chromium,
        })
    }

    /// A program that the package brings, told of the browser, to be run in the package's folder.
    pub(crate) fn program(&self, name: &str) -> Command {
        let mut program = self.node.program(&self.folder, name);
        program.envs(self.chromium.as_ref().map(|it| (CHROMIUM_ENV, it)));
        program
    }
}
