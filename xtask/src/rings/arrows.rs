//! The arrows between rooms: which crate may reach which dependency, which server module which
//! other, and the house's rules on files.

use anyhow::{Context as _, Result, bail};

use crate::process;
use crate::tidy;
use crate::tools::rust::WASM;
use crate::workspace::Workspace;

/// A crate, as it is built for one place, and what must not be reachable from it.
struct Fence {
    crate_name: &'static str,
    build: &'static [&'static str],
    forbidden: &'static [&'static str],
}

const FENCES: &[Fence] = &[
    Fence {
        crate_name: "beamdeck-shared",
        build: &[],
        forbidden: &["axum", "gloo-net", "leptos", "rusqlite", "tokio", "web-sys"],
    },
    Fence {
        crate_name: "beamdeck-app",
        build: &[
            "--no-default-features",
            "--features",
            "hydrate",
            "--target",
            WASM,
        ],
        forbidden: &[
            "axum",
            "beamdeck-server",
            "hyper",
            "rdkafka",
            "rusqlite",
            "tokio",
        ],
    },
    Fence {
        crate_name: "xtask",
        build: &[],
        forbidden: &[
            "beamdeck-app",
            "beamdeck-server",
            "beamdeck-shared",
            "wasm-bindgen-cli-support",
        ],
    },
];

pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let mut findings = Vec::new();
    for fence in FENCES {
        findings.extend(fence.findings(workspace)?);
    }
    findings.extend(tidy::findings(&workspace.root)?);
    for finding in &findings {
        eprintln!("{finding}");
    }
    if !findings.is_empty() {
        bail!("{} findings", findings.len());
    }
    Ok(())
}

impl Fence {
    fn findings(&self, workspace: &Workspace) -> Result<Vec<String>> {
        let mut tree =
            workspace.cargo(["tree", "--locked", "--edges", "normal", "--prefix", "none"]);
        tree.args(["--format", "{p}", "--package", self.crate_name])
            .args(self.build);
        let listing = process::output(&mut tree)
            .context("Cargo.lock may be out of date: run `cargo metadata` and commit it")?;
        if !listing.starts_with(self.crate_name) {
            bail!(
                "cargo tree does not list {} first: {listing:.80}",
                self.crate_name
            );
        }
        Ok(forbidden_in(&listing, self.forbidden)
            .map(|name| {
                format!(
                    "{}: {name} must not be among its dependencies",
                    self.crate_name
                )
            })
            .collect())
    }
}

fn forbidden_in<'a>(listing: &str, forbidden: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let reached = |name: &&str| {
        listing
            .lines()
            .any(|line| line.split(' ').next() == Some(*name))
    };
    forbidden.iter().copied().filter(reached)
}

#[cfg(test)]
mod tests {
    use super::forbidden_in;

    #[test]
    fn whole_names_are_compared() {
        let listing = "beamdeck-shared v0.1.0 (/somewhere)\ntokio-util v0.7.1\nweb-sys v0.3.1 (*)";
        let found: Vec<_> = forbidden_in(listing, &["tokio", "web-sys"]).collect();
        assert_eq!(found, ["web-sys"]);
    }
}
