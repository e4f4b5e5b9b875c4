//! Turns a compiled client into what a browser loads.
//!
//! `xtask-bindgen <client.wasm> <folder> [--without-names]` writes `app.js` and `app_bg.wasm`, and beside them the parts
//! that are loaded when first wanted: a `.wasm` each, and `parts.js`, which loads them. It neither names nor compresses
//! anything for delivery: that is the driver's work.

mod strip;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

const USAGE: &str = "usage: xtask-bindgen <client.wasm> <folder> [--without-names]";

fn main() -> Result<()> {
    let mut args = env::args_os().skip(1).map(PathBuf::from);
    let wasm = args.next().context(USAGE)?;
    let folder = args.next().context(USAGE)?;
    // The names of functions are for stack traces, and a third of what a browser would load.
    let without_names = args
        .next()
        .is_some_and(|flag| flag.as_os_str() == "--without-names");
    let main = folder.join("main.wasm");
    let parts = split(&wasm, &folder, &main)?;
    if without_names {
        for part in parts {
            let bytes = strip::without_names(&fs::read(&part)?)?;
            fs::write(&part, bytes)?;
        }
    }
    bind(&main, &folder, without_names)
        .with_context(|| format!("{} is not a client built for wasm-bindgen", wasm.display()))?;
    fs::remove_file(main)?;
    Ok(())
}

/// Writes the part that a page needs at once to `main`, the others into the folder; returns the others.
fn split(wasm: &Path, folder: &Path, main: &Path) -> Result<Vec<PathBuf>> {
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = main;
    options.link_name = "./parts.js";
    options.main_module = "./app.js";
    let split = transform(options)
        .map_err(|error| anyhow!("{} cannot be split: {error:#}", wasm.display()))?;
    Ok(split.split_modules)
}

fn bind(main: &Path, folder: &Path, without_names: bool) -> Result<()> {
    Bindgen::new()
        .input_path(main)
        .out_name("app")
        .web(true)?
        .typescript(false)
        // The file gets another name later, which the page passes in.
        .omit_default_module_path(true)
        // The parts import the stack pointer and the like from here.
        .keep_lld_exports(true)
        .remove_producers_section(true)
        .remove_name_section(without_names)
        .generate(folder)
}
