//! The site folder: what a browser loads, named by content and compressed beforehand.
//!
//! `target/site-<profile>/` holds `pkg/` with the hashed files and a `manifest.json` that tells
//! the server their names. The client's own files name each other: they keep their names, in a folder that is hashed. An unchanged client and style leave the folder untouched.

mod client;
mod compress;
mod manifest;
mod style;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use self::compress::{Effort, write_compressed};
pub(crate) use self::manifest::Manifest;
use self::manifest::{fingerprint, hashed_folder, hashed_name};
use crate::workspace::Workspace;

/// Names the site folder to a server that runs.
pub(crate) const SITE_ENV: &str = "BEAMDECK_SITE_DIR";
/// Names the site folder to a server that is built with the feature `embed`.
pub(crate) const EMBED_ENV: &str = "BEAMDECK_EMBED_SITE";

/// Raised when the folder's layout changes, so that older folders are rebuilt.
const LAYOUT: &str = "3";

/// How much work goes into the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build.
    Dev,
    /// Small to load.
    Release,
}

impl Profile {
    /// The cargo profile of the client.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }

    fn effort(self) -> Effort {
        match self {
            Self::Dev => Effort::Quick,
            Self::Release => Effort::Best,
        }
    }
}

/// What `site` takes.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct SiteArgs {
    /// Small to load instead of quick to build.
    #[arg(long)]
    release: bool,
}

impl SiteArgs {
    /// The profile asked for.
    pub(crate) fn profile(self) -> Profile {
        if self.release {
            Profile::Release
        } else {
            Profile::Dev
        }
    }
}

/// Brings a site folder up to date and says where it is.
pub(crate) fn print(workspace: &Workspace, args: SiteArgs) -> Result<()> {
    let site = build(workspace, args.profile())?;
    println!("{}", site.folder.display());
    Ok(())
}

/// A site folder that is up to date.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Manifest,
}

/// Builds the client and brings its site folder up to date.
pub(crate) fn build(workspace: &Workspace, profile: Profile) -> Result<Site> {
    let wasm = client::build(workspace, profile)?;
    let style = style::bundle(&workspace.root.join("style"))?;
    let icon = read(&workspace.root.join("style/favicon.svg"))?;

    let folder = workspace.target.join(format!("site-{}", profile.name()));
    let stamp_path = folder.with_extension("stamp");
    let stamp = fingerprint(&[LAYOUT.as_bytes(), &read(&wasm)?, style.as_bytes(), &icon]);
    if fs::read_to_string(&stamp_path).is_ok_and(|it| it == stamp)
        && let Ok(manifest) = Manifest::read(&folder)
    {
        return Ok(Site { folder, manifest });
    }

    eprintln!("Assembling {}", folder.display());
    let fresh = folder.with_extension("new");
    remove(&fresh)?;
    let manifest = assemble(workspace, &wasm, &style, &icon, &fresh, profile)?;
    remove(&stamp_path)?;
    remove(&folder)?;
    fs::rename(&fresh, &folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::write(&stamp_path, stamp)?;
    Ok(Site { folder, manifest })
}

fn assemble(
    workspace: &Workspace,
    wasm: &Path,
    style: &str,
    icon: &[u8],
    folder: &Path,
    profile: Profile,
) -> Result<Manifest> {
    let raw = folder.join("raw");
    fs::create_dir_all(&raw)?;
    client::bind(workspace, profile, wasm, &raw)?;
    if raw.join("snippets").exists() {
        bail!("the client brings JavaScript snippets of its own, which the site has no place for");
    }
    let client = read_folder(&raw)?;
    fs::remove_dir_all(&raw)?;

    let home = format!("pkg/{}", hashed_folder(&client));
    fs::create_dir_all(folder.join(&home))?;
    let in_home = |name: &str| format!("{home}/{name}");
    let manifest = Manifest {
        script: in_home(client::SCRIPT),
        loader: in_home(client::LOADER),
        wasm: in_home(client::MAIN),
        parts: client
            .keys()
            .filter(|name| client::is_part(name))
            .map(|name| in_home(name))
            .collect(),
        style: format!("pkg/{}", hashed_name("style", "css", style.as_bytes())),
        icon: format!("pkg/{}", hashed_name("favicon", "svg", icon)),
    };
    let of_client = client
        .iter()
        .map(|(name, bytes)| (in_home(name), bytes.as_slice()));
    let others = [
        (manifest.style.clone(), style.as_bytes()),
        (manifest.icon.clone(), icon),
    ];
    for (name, bytes) in of_client.chain(others) {
        write_compressed(&folder.join(name), bytes, profile.effort())?;
    }
    manifest.write(folder)?;
    Ok(manifest)
}

/// The files of a folder by their names.
fn read_folder(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        files.insert(name, read(&entry.path())?);
    }
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn remove(path: &Path) -> Result<()> {
    let result = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}
