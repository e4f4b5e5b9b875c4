//! The Python environment of the tests that need one: `target/oracle-venv`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::apt;
use crate::process;
use crate::workspace::Workspace;

/// Every package by its exact version, those that others need included.
const REQUIREMENTS: &str = "server/tests/oracle/requirements.txt";

/// A virtual environment in cargo's target folder that holds the required packages.
#[derive(Debug)]
pub(crate) struct Venv {
    folder: PathBuf,
}

impl Venv {
    /// Creates the environment, or brings it up to date with the requirements.
    pub(crate) fn ensure(workspace: &Workspace) -> Result<Self> {
        let wanted = workspace.root.join(REQUIREMENTS);
        let text =
            fs::read_to_string(&wanted).with_context(|| format!("cannot read {REQUIREMENTS}"))?;
        let venv = Self {
            folder: workspace.target.join("oracle-venv"),
        };
        let installed = venv.folder.join("installed-requirements.txt");
        if venv.has_pip() && fs::read_to_string(&installed).is_ok_and(|it| it == text) {
            return Ok(venv);
        }
        venv.create()?;
        venv.install(&wanted)?;
        fs::write(&installed, text)?;
        Ok(venv)
    }

    /// Adds one more package, given as `name==version`, unless it is there.
    pub(crate) fn add(&self, package: &str) -> Result<()> {
        process::step(self.pip_install().arg(package)).with_context(|| {
            format!("pip could not install {package}: is the package index reachable?")
        })
    }

    /// The environment's interpreter.
    pub(crate) fn python(&self) -> PathBuf {
        self.folder.join("bin/python")
    }

    /// The folder of an installed package.
    pub(crate) fn package(&self, name: &str) -> Result<PathBuf> {
        let locate = "import importlib.util, sys; \
            print(importlib.util.find_spec(sys.argv[1]).submodule_search_locations[0])";
        let mut python = Command::new(self.python());
        let folder = process::output(python.args(["-c", locate, name]))?;
        Ok(PathBuf::from(folder.trim()))
    }

    fn has_pip(&self) -> bool {
        process::answers(Command::new(self.python()).args(["-m", "pip", "--version"]))
    }

    fn create(&self) -> Result<()> {
        let usable = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))";
        if !process::answers(Command::new("python3").args(["-c", usable])) {
            apt::install(
                "Python 3.11 or later with its venv module",
                &["python3-venv"],
            )?;
        }
        let mut python = Command::new("python3");
        process::step(python.args(["-m", "venv", "--clear"]).arg(&self.folder))
    }

    fn install(&self, requirements: &Path) -> Result<()> {
        let mut pip = self.pip_install();
        process::step(pip.arg("--requirement").arg(requirements)).with_context(|| {
            format!("pip could not install {REQUIREMENTS}: is the package index reachable?")
        })
    }

    fn pip_install(&self) -> Command {
        let mut pip = Command::new(self.python());
        pip.args(["-m", "pip", "install", "--disable-pip-version-check"]);
        // What is named is complete; what a package would like to have beside it is not needed here.
        pip.args(["--quiet", "--no-deps"]);
        pip
    }
}
