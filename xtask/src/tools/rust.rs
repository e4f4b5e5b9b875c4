//! Sees to it that the compiler can build for the browser.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// The target of the client.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Installs the wasm target by rustup where the compiler lacks it.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    if has_target()? {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    if !process::answers(Command::new("rustup").arg("--version")) {
        bail!(
            "this Rust has no {WASM} target and there is no rustup to add it: install the target \
             from where this Rust came, or install rustup (https://rustup.rs)"
        );
    }
    process::step(rustup.args(["target", "add", WASM]))?;
    if !has_target()? {
        bail!("rustup added {WASM} to another toolchain than the rustc on the path: check PATH");
    }
    Ok(())
}

fn has_target() -> Result<bool> {
    let sysroot = process::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM)
        .is_dir())
}
