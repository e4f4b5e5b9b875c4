//! The Python environment of the tests that need one: `target/oracle-venv`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process;
use crate::workspace::Workspace;

/// A virtual environment in cargo's target folder.
#[derive(Debug)]
pub(super) struct Venv {
    folder: PathBuf,
}

impl Venv {
    /// Creates the environment where there is none.
    pub(super) fn ensure(workspace: &Workspace) -> Result<Self> {
        let venv = Self {
            folder: workspace.target.join("oracle-venv"),
        };
        if process::answers(Command::new(venv.python()).args(["-m", "pip", "--version"])) {
            return Ok(venv);
        }
        if !process::answers(Command::new("python3").args(["-c", "import ensurepip, venv"])) {
            bail!(
                "this ring needs Python 3.11 or later with its venv module on the path as \
                 python3: install it (on Debian: apt-get install python3-venv)"
            );
        }
        let mut create = Command::new("python3");
        process::run(create.args(["-m", "venv", "--clear"]).arg(&venv.folder))?;
        Ok(venv)
    }

    /// The environment's interpreter.
    pub(super) fn python(&self) -> PathBuf {
        self.folder.join("bin/python")
    }

    /// Runs `pip install` with these arguments, unless exactly that succeeded before.
    ///
    /// `stamp` is what the arguments stand for: a requirements file's content, a version.
    pub(super) fn install(&self, name: &str, stamp: &str, args: &[&str]) -> Result<()> {
        let stamp_path = self.folder.join(format!("{name}.installed"));
        if fs::read_to_string(&stamp_path).is_ok_and(|it| it == stamp) {
            return Ok(());
        }
        let mut pip = Command::new(self.python());
        pip.args([
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--quiet",
        ])
        .args(args);
        process::run(&mut pip).with_context(|| {
            format!("pip could not install {name}: is the package index reachable?")
        })?;
        fs::write(stamp_path, stamp)?;
        Ok(())
    }
}
