//! The client's files in memory: embedded in the program, or read once from a site folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use app::AssetNames;
use bytes::Bytes;
use serde::Deserialize;

use super::encoding::Encoding;

/// Tells which file is which.
const MANIFEST: &str = "manifest.json";

/// All files of one build of the client.
#[derive(Debug)]
pub struct Assets {
    names: AssetNames,
    by_name: BTreeMap<String, Asset>,
}

/// Why there is no client to serve.
#[derive(Debug, thiserror::Error)]
pub enum AssetsError {
    /// Neither a folder nor an embedded client.
    #[error(
        "this server was built without its client: start it by `cargo xtask serve`, or name a site \
         folder made by it"
    )]
    Absent,
    /// The folder or a file in it cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The manifest is not one of ours.
    #[error(
        "{MANIFEST} of the client is malformed ({0}): build the client again by `cargo xtask serve`"
    )]
    Malformed(serde_json::Error),
    /// The manifest names a file that is not there.
    #[error("the client lacks {0}: build it again by `cargo xtask serve`")]
    Incomplete(String),
}

impl Assets {
    /// The client in a site folder, or without one the client that the program embeds.
    pub fn open(folder: Option<&Path>) -> Result<Self, AssetsError> {
        match folder {
            Some(folder) => Self::read(folder),
            None => Self::embedded(),
        }
    }

    /// Which files a page loads.
    pub fn names(&self) -> &AssetNames {
        &self.names
    }

    /// A file by its name below `/pkg/`.
    pub(super) fn get(&self, name: &str) -> Option<&Asset> {
        self.by_name.get(name)
    }

    #[cfg(feature = "embed")]
    fn embedded() -> Result<Self, AssetsError> {
        Self::from_files(super::embedded::files())
    }

    #[cfg(not(feature = "embed"))]
    fn embedded() -> Result<Self, AssetsError> {
        Err(AssetsError::Absent)
    }

    fn read(folder: &Path) -> Result<Self, AssetsError> {
        let pkg = folder.join("pkg");
        let mut files = vec![(MANIFEST.to_owned(), read(&folder.join(MANIFEST))?)];
        read_folder(&pkg, "pkg", &mut files)?;
        Self::from_files(files)
    }

    /// Sorts files, named relative to the site folder, into assets and their compressed siblings.
    fn from_files(files: impl IntoIterator<Item = (String, Bytes)>) -> Result<Self, AssetsError> {
        let mut files: BTreeMap<String, Bytes> = files.into_iter().collect();
        let manifest = files
            .remove(MANIFEST)
            .ok_or_else(|| AssetsError::Incomplete(MANIFEST.to_owned()))?;
        let manifest: Manifest =
            serde_json::from_slice(&manifest).map_err(AssetsError::Malformed)?;
        let mut by_name = BTreeMap::new();
        let mut keep = |path: String| -> Result<String, AssetsError> {
            let Some(asset) = Asset::take(&path, &mut files) else {
                return Err(AssetsError::Incomplete(path));
            };
            by_name.insert(path.trim_start_matches("pkg/").to_owned(), asset);
            Ok(format!("/{path}"))
        };
        let names = AssetNames {
            script: keep(manifest.script)?,
            loader: keep(manifest.loader)?,
            wasm: keep(manifest.wasm)?,
            style: keep(manifest.style)?,
            icon: keep(manifest.icon)?,
        };
        for part in manifest.parts {
            keep(part)?;
        }
        Ok(Self { names, by_name })
    }
}

/// The manifest of a site folder: paths relative to it.
#[derive(Debug, Deserialize)]
struct Manifest {
    script: String,
    loader: String,
    wasm: String,
    /// What is loaded when first wanted.
    parts: Vec<String>,
    style: String,
    icon: String,
}

/// One file, plain and compressed.
#[derive(Debug)]
pub(super) struct Asset {
    content_type: &'static str,
    plain: Bytes,
    compressed: [Option<Bytes>; Encoding::ALL.len()],
}

impl Asset {
    fn take(path: &str, files: &mut BTreeMap<String, Bytes>) -> Option<Self> {
        let plain = files.remove(path)?;
        let compressed = Encoding::ALL.map(|it| files.remove(&format!("{path}{}", it.suffix())));
        Some(Self {
            content_type: content_type(path),
            plain,
            compressed,
        })
    }

    pub(super) fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// The smallest form that the browser accepts, with its encoding; the bytes are shared.
    pub(super) fn best(&self, accepts: impl Fn(Encoding) -> bool) -> (Option<Encoding>, Bytes) {
        let mut forms = Encoding::ALL.into_iter().zip(&self.compressed);
        let form = forms.find_map(|(encoding, bytes)| {
            bytes
                .as_ref()
                .filter(|_| accepts(encoding))
                .map(|bytes| (encoding, bytes))
        });
        match form {
            Some((encoding, bytes)) => (Some(encoding), bytes.clone()),
            None => (None, self.plain.clone()),
        }
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// Reads a folder and the folders in it; `name` is what its files' names begin with.
fn read_folder(
    path: &Path,
    name: &str,
    files: &mut Vec<(String, Bytes)>,
) -> Result<(), AssetsError> {
    let unreadable = |source| AssetsError::Unreadable {
        path: path.to_owned(),
        source,
    };
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(unreadable)?.is_dir() {
            read_folder(&entry.path(), &name, files)?;
        } else {
            files.push((name, read(&entry.path())?));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Bytes, AssetsError> {
    let unreadable = |source| AssetsError::Unreadable {
        path: path.to_owned(),
        source,
    };
    fs::read(path).map(Bytes::from).map_err(unreadable)
}
