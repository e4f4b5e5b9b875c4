//! House rules that no lint knows: what every source file starts with, how long it may be, who may
//! name whom, and that the tests that the docs cite exist.

mod modules;
mod parity;
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use self::source::Source;

/// The folders that hold Rust of ours.
const FOLDERS: [&str; 4] = ["app", "server", "shared", "xtask"];
const MAX_LINES: usize = 400;
/// Names of the browser's interfaces, which one folder wraps for everybody else.
const BROWSER_CRATES: [&str; 2] = ["web_sys", "gloo_net"];
const BROWSER_FOLDER: &str = "app/src/browser";

/// Every breach of a rule, one line each.
pub(crate) fn findings(root: &Path) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for path in sources(root)? {
        let text = fs::read_to_string(root.join(&path))
            .with_context(|| format!("cannot read {}", path.display()))?;
        let source = Source::new(&path, &text);
        findings.extend(file_findings(&source));
        findings.extend(modules::findings(&source));
    }
    findings.extend(parity::findings(root)?);
    Ok(findings)
}

fn file_findings(source: &Source<'_>) -> Vec<String> {
    let mut findings = Vec::new();
    if source.is_generated() {
        return findings;
    }
    let path = source.path();
    if !source.text().starts_with("//!") {
        findings.push(format!("{path}:1: starts with what the module is: `//! …`"));
    }
    let lines = source.text().lines().count();
    if lines > MAX_LINES {
        findings.push(format!(
            "{path}: {lines} lines, {MAX_LINES} are allowed: split it"
        ));
    }
    if !path.starts_with(BROWSER_FOLDER) && !path.starts_with("xtask") {
        for (line, code) in source.code_lines() {
            for name in BROWSER_CRATES
                .iter()
                .filter(|name| source::names(code, name))
            {
                findings.push(format!("{path}:{line}: only {BROWSER_FOLDER} uses {name}"));
            }
        }
    }
    findings
}

/// Paths of all sources relative to the root, sorted.
fn sources(root: &Path) -> Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(PathBuf::from).collect();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(root.join(&folder))
            .with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                if entry.file_name() != "target" {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|it| it == "rs") {
                sources.push(path);
            }
        }
    }
    sources.sort_unstable();
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::file_findings;
    use super::source::Source;

    fn check(path: &str, text: &str) -> Vec<String> {
        file_findings(&Source::new(Path::new(path), text))
    }

    #[test]
    fn a_file_without_module_doc_is_found() {
        assert_eq!(check("app/src/a.rs", "//! Is one thing.\n"), [""; 0]);
        assert_eq!(check("app/src/a.rs", "fn a() {}\n").len(), 1);
        assert_eq!(
            check("server/src/wire/generated/a.rs", "fn a() {}\n").len(),
            0
        );
    }

    #[test]
    fn a_long_file_is_found() {
        let text = |lines: usize| format!("//! Is long.\n{}", "\n".repeat(lines - 1));
        assert_eq!(check("app/src/a.rs", &text(400)).len(), 0);
        assert_eq!(check("app/src/a.rs", &text(401)).len(), 1);
    }

    #[test]
    fn the_browser_is_reached_from_its_folder_only() {
        let text = "//! Paints.\nuse web_sys::HtmlCanvasElement; // web_sys\n";
        assert_eq!(check("app/src/browser/canvas.rs", text).len(), 0);
        assert_eq!(check("app/src/live/mod.rs", text).len(), 1);
        assert_eq!(
            check("app/src/live/mod.rs", "//! Has no web_sys.\n").len(),
            0
        );
    }
}
