//! The browser of the tests: the system's, Debian's package, or Playwright's own download.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::apt;
use super::node::Node;
use crate::process;

/// Names the browser's program: to us by whoever prefers one, by us to the tests.
pub(super) const CHROMIUM_ENV: &str = "CHROMIUM";

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Finds a Chromium or installs one. `folder` is where Playwright is installed; its own browser, which
/// only Playwright knows the place of, is `None`.
pub(super) fn ensure(node: &Node, folder: &Path) -> Result<Option<PathBuf>> {
    if let Some(chosen) = env::var_os(CHROMIUM_ENV) {
        return Ok(Some(chosen.into()));
    }
    if let Some(found) = on_path() {
        return Ok(Some(found));
    }
    if apt::can_install_from_debian() {
        apt::install("Chromium", &["chromium"])?;
        return Ok(on_path());
    }
    let mut install = node.program(folder, "playwright");
    process::step(install.args(["install", "chromium"])).with_context(|| {
        format!(
            "there is no browser: put one of {} on the path or name one by {CHROMIUM_ENV} (on \
             Debian: sudo apt-get install chromium)",
            NAMES.join(", ")
        )
    })?;
    Ok(None)
}

fn on_path() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let mut candidates = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |it| it.join(name)));
    candidates.find(|it| it.is_file())
}
