//! The programs that measure: built optimised, with the server that `cargo xtask serve --release` makes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::Step;
use crate::process;
use crate::site::{self, EMBED_ENV, Profile, SITE_ENV};
use crate::tools::end2end::{End2end, SERVER_ENV};
use crate::workspace::Workspace;

/// Tells the measurements in a browser where to write their lines.
const LINES_ENV: &str = "BEAMDECK_BENCH_LINES";
const NATIVE: [&str; 3] = ["reduce", "plot", "sync"];

/// Everything that measures or is measured.
pub(super) struct Programs {
    made: Vec<PathBuf>,
    site: PathBuf,
    lines: PathBuf,
}

impl Programs {
    /// Builds the client, the server with the client in it, and the benchmarks, all in one go: parts built
    /// apart would be built with other features, and so twice.
    pub(super) fn build(workspace: &Workspace) -> Result<Self> {
        let site = site::build(workspace, Profile::Release)?;
        let mut build = workspace.cargo(["build", "--release", "--package", "beamdeck-server"]);
        build.args(["--features", "embed", "--bin", "beamdeck"]);
        build.args(NATIVE.iter().flat_map(|name| ["--bench", name]));
        build.env(EMBED_ENV, &site.folder);
        Ok(Self {
            made: process::artifacts(&mut build, &[])?,
            site: site.folder,
            lines: workspace.target.join("bench-lines.jsonl"),
        })
    }

    /// Runs one program and hands on every line that it measured.
    pub(super) fn run(
        &self,
        workspace: &Workspace,
        step: &Step,
        take: impl FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        match step {
            Step::Native(name, args) => {
                let mut command = Command::new(self.program(name)?);
                process::lines(command.args(*args), take)
            }
            Step::Browser(name) => self.in_browser(workspace, name, take),
        }
    }

    fn in_browser(
        &self,
        workspace: &Workspace,
        name: &str,
        take: impl FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        fs::write(&self.lines, "")?;
        let config = "--config=bench/playwright.config.ts";
        let mut playwright = End2end::ensure(workspace)?.program("playwright");
        playwright
            .args(["test", config])
            .arg(format!("{name}.bench.ts"))
            .env(SERVER_ENV, self.program("beamdeck")?)
            .env(SITE_ENV, &self.site)
            .env(LINES_ENV, &self.lines);
        process::step(&mut playwright)?;
        let lines = fs::read_to_string(&self.lines)?;
        if lines.is_empty() {
            bail!("end2end/bench/{name}.bench.ts measured nothing");
        }
        lines.lines().try_for_each(take)
    }

    /// A program by its name, which cargo may have given a hash.
    fn program(&self, name: &str) -> Result<&Path> {
        let found = self.made.iter().rfind(|path| is_program(path, name));
        let path = found.with_context(|| format!("cargo built no program named {name}"))?;
        Ok(path)
    }
}

fn is_program(path: &Path, name: &str) -> bool {
    let Some(stem) = path.file_stem().and_then(|it| it.to_str()) else {
        return false;
    };
    let plain = stem.rsplit_once('-').map_or(stem, |(plain, _)| plain);
    let is_binary = path
        .extension()
        .is_none_or(|it| it == std::env::consts::EXE_EXTENSION);
    is_binary && (stem == name || plain == name)
}

#[cfg(all(test, unix))]
mod tests {
    use std::path::Path;

    use super::is_program;

    #[test]
    fn programs_are_told_from_libraries_and_from_each_other() {
        for (path, expected) in [
            ("/t/release/deps/sync-0a1b", true),
            ("/t/release/sync", true),
            ("/t/release/deps/libsync-0a1b.rlib", false),
            ("/t/release/deps/sync-0a1b.d", false),
            ("/t/release/deps/resync-0a1b", false),
        ] {
            assert_eq!(is_program(Path::new(path), "sync"), expected, "{path}");
        }
    }
}
