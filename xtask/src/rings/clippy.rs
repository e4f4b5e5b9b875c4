//! Lints as errors: everything on the host, the server that holds the client, the client as the browser gets it, then
//! the docs.

use anyhow::Result;

use super::size;
use crate::process;
use crate::site::EMBED_ENV;
use crate::tools::rust::{WASM, ensure_wasm_target};
use crate::workspace::{EMBED_FEATURE, HOST_PACKAGES, Workspace};

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let mut host = workspace.cargo(["clippy", "--all-targets"]);
    host.args(HOST_PACKAGES)
        .args(["--package", "xtask-bindgen"]);
    process::run(host.args(["--", "-D", "warnings"]))?;

    let mut embedding = workspace.cargo(["clippy", "--lib", "--test", size::TEST]);
    embedding.args(HOST_PACKAGES).args(EMBED_FEATURE);
    // What is embedded is not linted: any folder will do.
    embedding.env(EMBED_ENV, workspace.root.join("style"));
    process::run(embedding.args(["--", "-D", "warnings"]))?;

    ensure_wasm_target()?;
    let mut wasm = workspace.cargo(["clippy", "--package", "beamdeck-app", "--target", WASM]);
    wasm.args(["--no-default-features", "--features", "hydrate"]);
    // The client has rules of its own: what panics in a browser is not to be called.
    wasm.env("CLIPPY_CONF_DIR", workspace.root.join("clippy-wasm"));
    process::run(wasm.args(["--", "-D", "warnings"]))?;

    // Private items are read as much as public ones, so links between them are welcome.
    let mut docs = workspace.cargo(["doc", "--no-deps", "--document-private-items"]);
    docs.args(HOST_PACKAGES);
    process::run(docs.env(
        "RUSTDOCFLAGS",
        "-D warnings -A rustdoc::private_intra_doc_links",
    ))
}
