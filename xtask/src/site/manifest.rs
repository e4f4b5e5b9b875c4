//! Names by content, and the manifest that tells them to the server.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const FILE: &str = "manifest.json";

/// Paths below the site folder, which are the addresses below the server's root too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The client's JavaScript module.
    pub(crate) script: String,
    /// The client's WebAssembly; the page hands its address to the module.
    pub(crate) wasm: String,
    /// The style sheet.
    pub(crate) style: String,
    /// The page's icon.
    pub(crate) icon: String,
}

impl Manifest {
    /// The files a first visit loads.
    pub(crate) fn files(&self) -> [&str; 4] {
        [&self.script, &self.wasm, &self.style, &self.icon]
    }

    pub(super) fn read(folder: &Path) -> Result<Self> {
        let text = fs::read_to_string(folder.join(FILE))?;
        let value: Value = serde_json::from_str(&text)?;
        let path = |key: &str| -> Result<String> {
            let path = value[key]
                .as_str()
                .with_context(|| format!("{FILE} names no {key}"))?;
            fs::metadata(folder.join(path)).with_context(|| format!("{path} is missing"))?;
            Ok(path.to_owned())
        };
        Ok(Self {
            script: path("script")?,
            wasm: path("wasm")?,
            style: path("style")?,
            icon: path("icon")?,
        })
    }

    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let value = json!({
            "script": self.script,
            "wasm": self.wasm,
            "style": self.style,
            "icon": self.icon,
        });
        fs::write(folder.join(FILE), format!("{value:#}\n"))?;
        Ok(())
    }
}

/// `stem.<hash>.extension`: 16 hexadecimal digits of the content's SHA-256.
pub(super) fn hashed_name(stem: &str, extension: &str, bytes: &[u8]) -> String {
    const DIGITS: usize = 16;
    format!("{stem}.{}.{extension}", &fingerprint(&[bytes])[..DIGITS])
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
    use super::{fingerprint, hashed_name};

    #[test]
    fn the_name_follows_the_content() {
        let name = hashed_name("app", "js", b"one");
        assert_eq!(name.len(), "app..js".len() + 16);
        assert_eq!(name, hashed_name("app", "js", b"one"));
        assert_ne!(name, hashed_name("app", "js", b"two"));
    }

    #[test]
    fn moving_bytes_between_parts_changes_the_fingerprint() {
        assert_ne!(fingerprint(&[b"ab", b"c"]), fingerprint(&[b"a", b"bc"]));
    }
}
