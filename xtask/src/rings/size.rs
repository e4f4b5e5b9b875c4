//! The bytes of a first visit, compressed, against their budget; and that a program with them inside serves them.

use std::fs;

use anyhow::{Result, bail};

use crate::process;
use crate::site::{self, EMBED_ENV, Profile};
use crate::workspace::{EMBED_FEATURE, HOST_PACKAGES, Workspace};

/// The integration test of the server that this ring runs.
pub(super) const TEST: &str = "embedded";

/// JavaScript, WebAssembly, style and icon as brotli; the rest of 600 KB is the page itself.
const BUDGET_BYTES: u64 = 580_000;

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let site = site::build(workspace, Profile::Release)?;
    let mut total_bytes = 0;
    for name in site.manifest.files() {
        let plain_bytes = fs::metadata(site.folder.join(name))?.len();
        let packed_bytes = fs::metadata(site.folder.join(format!("{name}.br")))?.len();
        println!("{packed_bytes:>9} of {plain_bytes:>9} bytes  {name}");
        total_bytes += packed_bytes;
    }
    println!("{total_bytes:>9} bytes in total, budget {BUDGET_BYTES}");
    if total_bytes > BUDGET_BYTES {
        bail!("a first visit loads {total_bytes} bytes, {BUDGET_BYTES} are allowed");
    }
    let mut embedded = workspace.cargo(["test", "--test", TEST]);
    embedded.args(HOST_PACKAGES).args(EMBED_FEATURE);
    process::run(embedded.env(EMBED_ENV, &site.folder))
}
