//! Turns a compiled client into what a browser loads.
//!
//! `xtask-bindgen <client.wasm> <folder> [--without-names]` writes `app.js` and `app_bg.wasm`. It
//! neither names nor compresses anything for delivery: that is the driver's work.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "usage: xtask-bindgen <client.wasm> <folder> [--without-names]";

fn main() -> Result<()> {
    let mut args = env::args_os().skip(1).map(PathBuf::from);
    let wasm = args.next().context(USAGE)?;
    let folder = args.next().context(USAGE)?;
    // The names of functions are for stack traces, and a third of what a browser would load.
    let without_names = args
        .next()
        .is_some_and(|flag| flag.as_os_str() == "--without-names");
    Bindgen::new()
        .input_path(&wasm)
        .out_name("app")
        .web(true)?
        .typescript(false)
        // The file gets another name later, which the page passes in.
        .omit_default_module_path(true)
        .remove_producers_section(true)
        .remove_name_section(without_names)
        .generate(&folder)
        .with_context(|| format!("{} is not a client built for wasm-bindgen", wasm.display()))
}
