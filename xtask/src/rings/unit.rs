//! Everything that needs nothing but cargo.

use anyhow::Result;

use crate::process;
use crate::workspace::{HOST_PACKAGES, Workspace};

/// Integration tests that have a ring of their own, because they need more than cargo.
const ELSEWHERE: [&str; 3] = [super::wire::TEST, super::kafka::TEST, super::size::TEST];

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let mut tests = workspace.cargo(["test", "--no-fail-fast", "--lib", "--bins"]);
    tests.args(HOST_PACKAGES);
    for package in [
        "beamdeck-shared",
        "beamdeck-app",
        "beamdeck-server",
        "xtask",
    ] {
        for name in workspace.integration_tests(package) {
            if !ELSEWHERE.contains(&name.as_str()) {
                tests.args(["--test", &name]);
            }
        }
    }
    process::run(&mut tests)?;
    process::run(
        workspace
            .cargo(["test", "--doc", "--no-fail-fast"])
            .args(HOST_PACKAGES),
    )
}
