//! One style sheet out of several: `style/main.css` with its imports put in place.
//!
//! The sheets are plain CSS. Only lines of the form `@import "name.css";` are touched, so the
//! order is written down where a reader of CSS looks for it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

const ENTRY: &str = "main.css";

/// The whole sheet. An import that is missing and a sheet that nobody imports are errors.
pub(super) fn bundle(folder: &Path) -> Result<String> {
    let mut unused = sheets(folder)?;
    unused.remove(ENTRY);
    let mut bundle = String::new();
    for line in sheet(folder, ENTRY)?.lines() {
        match imported(line) {
            Some(name) => {
                bundle.push_str(&sheet(folder, name)?);
                unused.remove(name);
            }
            None => bundle.push_str(line),
        }
        bundle.push('\n');
    }
    if let Some(name) = unused.first() {
        bail!("style/{name} is not imported: add `@import \"{name}\";` to style/{ENTRY}");
    }
    Ok(bundle)
}

fn imported(line: &str) -> Option<&str> {
    line.trim().strip_prefix("@import \"")?.strip_suffix("\";")
}

fn sheet(folder: &Path, name: &str) -> Result<String> {
    fs::read_to_string(folder.join(name)).with_context(|| format!("cannot read style/{name}"))
}

fn sheets(folder: &Path) -> Result<BTreeSet<String>> {
    let entries = fs::read_dir(folder).context("cannot read the folder style/")?;
    let mut names = BTreeSet::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|it| it == "css") {
            names.insert(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::imported;

    #[test]
    fn imports_are_recognised() {
        assert_eq!(imported("@import \"tokens.css\";"), Some("tokens.css"));
        assert_eq!(imported("  @import \"cell.css\";  "), Some("cell.css"));
        assert_eq!(imported(".import { color: red; }"), None);
    }
}
