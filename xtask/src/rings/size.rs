//! The bytes of a first visit, compressed, against their budget; and that a program with them inside serves them.

use std::fs;

use anyhow::{Result, bail};

use crate::process;
use crate::site::{self, EMBED_ENV, Profile, Site};
use crate::workspace::{EMBED_FEATURE, HOST_PACKAGES, Workspace};

/// The integration test of the server that this ring runs.
pub(super) const TEST: &str = "embedded";

/// JavaScript, WebAssembly, style and icon as brotli; the rest of 600 KB is the page itself.
const BUDGET_BYTES: u64 = 580_000;

/// A part that is loaded when first wanted, as brotli: nobody shall wait for it longer than for a page.
const PART_BUDGET_BYTES: u64 = 250_000;

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let site = site::build(workspace, Profile::Release)?;
    let mut total_bytes = 0;
    for name in site.manifest.files() {
        total_bytes += packed_bytes(&site, name)?;
    }
    println!("{total_bytes:>9} bytes in total, budget {BUDGET_BYTES}");
    if total_bytes > BUDGET_BYTES {
        bail!("a first visit loads {total_bytes} bytes, {BUDGET_BYTES} are allowed");
    }
    println!("When first wanted, budget {PART_BUDGET_BYTES} each:");
    for name in &site.manifest.parts {
        let bytes = packed_bytes(&site, name)?;
        if bytes > PART_BUDGET_BYTES {
            bail!("{name} has {bytes} bytes, {PART_BUDGET_BYTES} are allowed");
        }
    }
    let mut embedded = workspace.cargo(["test", "--test", TEST]);
    embedded.args(HOST_PACKAGES).args(EMBED_FEATURE);
    process::run(embedded.env(EMBED_ENV, &site.folder))
}

/// The size of a file as brotli, which is printed, too.
fn packed_bytes(site: &Site, name: &str) -> Result<u64> {
    let plain_bytes = fs::metadata(site.folder.join(name))?.len();
    let packed_bytes = fs::metadata(site.folder.join(format!("{name}.br")))?.len();
    println!("{packed_bytes:>9} of {plain_bytes:>9} bytes  {name}");
    Ok(packed_bytes)
}
