//! Names by content, and the manifest that tells them to the server.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const FILE: &str = "manifest.json";

/// How much of a hash a name carries.
const DIGITS: usize = 16;

/// Paths below the site folder, which are the addresses below the server's root too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The client's JavaScript module.
    pub(crate) script: String,
    /// The module that loads the client's parts, which the first one imports.
    pub(crate) loader: String,
    /// The client's WebAssembly; the page hands its address to the module.
    pub(crate) wasm: String,
    /// Parts of the client that are loaded when they are first wanted.
    pub(crate) parts: Vec<String>,
    /// The style sheet.
    pub(crate) style: String,
    /// The page's icon.
    pub(crate) icon: String,
}

impl Manifest {
    /// The files a first visit loads.
    pub(crate) fn files(&self) -> [&str; 5] {
        [
            &self.script,
            &self.loader,
            &self.wasm,
            &self.style,
            &self.icon,
        ]
    }

    pub(super) fn read(folder: &Path) -> Result<Self> {
        let text = fs::read_to_string(folder.join(FILE))?;
        let value: Value = serde_json::from_str(&text)?;
        let known = |key: &str, path: &Value| -> Result<String> {
            let path = path
                .as_str()
                .with_context(|| format!("{FILE} names no {key}"))?;
            fs::metadata(folder.join(path)).with_context(|| format!("{path} is missing"))?;
            Ok(path.to_owned())
        };
        let path = |key: &str| known(key, &value[key]);
        let parts = value["parts"]
            .as_array()
            .with_context(|| format!("{FILE} names no parts"))?;
        let parts = parts.iter().map(|it| known("part", it));
        Ok(Self {
            script: path("script")?,
            loader: path("loader")?,
            wasm: path("wasm")?,
            parts: parts.collect::<Result<_>>()?,
            style: path("style")?,
            icon: path("icon")?,
        })
    }

    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let value = json!({
            "script": self.script,
            "loader": self.loader,
            "wasm": self.wasm,
            "parts": self.parts,
            "style": self.style,
            "icon": self.icon,
        });
        fs::write(folder.join(FILE), format!("{value:#}\n"))?;
        Ok(())
    }
}

/// `stem.<hash>.extension`: 16 hexadecimal digits of the content's SHA-256.
pub(super) fn hashed_name(stem: &str, extension: &str, bytes: &[u8]) -> String {
    format!("{stem}.{}.{extension}", &fingerprint(&[bytes])[..DIGITS])
}

/// 16 hexadecimal digits of the SHA-256 of all files of a folder, for files that name each other.
pub(super) fn hashed_folder(files: &BTreeMap<String, Vec<u8>>) -> String {
    let parts: Vec<&[u8]> = files
        .iter()
        .flat_map(|(name, bytes)| [name.as_bytes(), bytes])
        .collect();
    let mut digits = fingerprint(&parts);
    digits.truncate(DIGITS);
    digits
}

/// SHA-256 of the parts, each preceded by its length, in hexadecimal.
pub(super) fn fingerprint(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut hex = String::new();
    for byte in hasher.finalize() {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
    }
    hex
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{fingerprint, hashed_folder, hashed_name};

    #[test]
    fn the_name_follows_the_content() {
        let name = hashed_name("app", "js", b"one");
        assert_eq!(name.len(), "app..js".len() + 16);
        assert_eq!(name, hashed_name("app", "js", b"one"));
        assert_ne!(name, hashed_name("app", "js", b"two"));
    }

    #[test]
    fn a_folder_is_named_by_all_that_is_in_it() {
        let files = |names: [&str; 2]| BTreeMap::from(names.map(|it| (it.to_owned(), vec![1])));
        let name = hashed_folder(&files(["a.js", "b.wasm"]));
        assert_eq!(name.len(), 16);
        assert_ne!(name, hashed_folder(&files(["a.js", "c.wasm"])));
    }

    #[test]
    fn moving_bytes_between_parts_changes_the_fingerprint() {
        assert_ne!(fingerprint(&[b"ab", b"c"]), fingerprint(&[b"a", b"bc"]));
    }
}
