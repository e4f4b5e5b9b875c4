//! Debian's packages. Installed only by root: nobody is asked for a password.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process;

/// Installs packages, or says who must.
pub(super) fn install(what: &str, packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if !can_install() {
        bail!("{what} is missing: install it (on Debian: sudo apt-get install {list})");
    }
    eprintln!("{what} is missing: installing {list}");
    let mut command = apt_get();
    process::step(command.arg("update"))?;
    let mut command = apt_get();
    process::step(
        command
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
    )
    .with_context(|| format!("{what} is missing, and {list} could not be installed"))
}

/// Whether packages can be installed here without asking.
fn can_install() -> bool {
    let user = process::output(Command::new("id").arg("--user"));
    user.is_ok_and(|id| id.trim() == "0") && process::answers(apt_get().arg("--version"))
}

/// The same, on Debian itself: its offspring has other packages under some of the same names.
pub(super) fn can_install_from_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line == "ID=debian") && can_install()
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
