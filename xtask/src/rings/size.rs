//! The bytes of a first visit, compressed, against their budget.

use std::fs;

use anyhow::{Result, bail};

use crate::site::{self, Profile};
use crate::workspace::Workspace;

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
    Ok(())
}
