//! Finding an instrument by name or path: shipped ones are embedded in the binary.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;

use super::{Finding, Instrument, Problem, Template};

#[derive(RustEmbed)]
#[folder = "../instruments"]
struct Shipped;

/// Why there is no instrument.
#[derive(Debug, thiserror::Error)]
pub enum InstrumentError {
    /// The declaration is wrong.
    #[error("{}", lines(.0))]
    Invalid(Vec<Problem>),
    /// No instrument of this name is known.
    #[error("there is no instrument {name:?}; choose one of {} or give the path of a .toml file", .known.join(", "))]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A file or directory cannot be read.
    #[error("cannot read {}: {source}; check the path and its permissions", .path.display())]
    Unreadable {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Loads the instrument that `name_or_path` means.
///
/// What ends in `.toml` or contains a path separator is a path. Anything else is a name, looked up
/// as `NAME.toml` in `extra_dir`, then among the shipped instruments.
///
/// # Errors
/// The name is unknown (the message lists those that exist), or the file unreadable or wrong.
pub fn load(name_or_path: &str, extra_dir: Option<&Path>) -> Result<Instrument, InstrumentError> {
    load_with(name_or_path, extra_dir, |_| Vec::new())
}

/// The same with more rules, see [`Instrument::parse_with`].
///
/// # Errors
/// As [`load`].
pub fn load_with(
    name_or_path: &str,
    extra_dir: Option<&Path>,
    more: impl FnOnce(&Instrument) -> Vec<Finding>,
) -> Result<Instrument, InstrumentError> {
    let path = Path::new(name_or_path);
    if path.components().count() > 1 || is_toml(path) {
        return read(path, more);
    }
    let file = format!("{name_or_path}.toml");
    let own = extra_dir.map(|dir| dir.join(&file));
    if let Some(path) = own.filter(|path| path.exists()) {
        return read(&path, more);
    }
    if let Some(found) = Shipped::get(&file) {
        let text = String::from_utf8_lossy(&found.data);
        let mut instrument = Instrument::parse_with(&format!("instruments/{file}"), &text, more)?;
        instrument.templates = shipped_templates(name_or_path);
        return Ok(instrument);
    }
    let mut known: BTreeSet<_> = shipped().into_iter().collect();
    if let Some(dir) = extra_dir {
        known.extend(names_in(dir)?);
    }
    let known = known.into_iter().collect();
    Err(InstrumentError::Unknown {
        name: name_or_path.to_owned(),
        known,
    })
}

/// The names of the instruments inside this binary, sorted.
pub fn shipped() -> Vec<String> {
    let mut names: Vec<_> = Shipped::iter()
        .filter_map(|file| stem(Path::new(&*file)))
        .collect();
    names.sort();
    names
}

fn read(
    path: &Path,
    more: impl FnOnce(&Instrument) -> Vec<Finding>,
) -> Result<Instrument, InstrumentError> {
    let text = std::fs::read_to_string(path).map_err(|source| unreadable(path, source))?;
    let mut instrument = Instrument::parse_with(&path.display().to_string(), &text, more)?;
    instrument.templates = templates_in(&path.with_extension(""))?;
    Ok(instrument)
}

/// The grid files of a shipped instrument, by name.
fn shipped_templates(instrument: &str) -> Vec<Template> {
    let mut templates: Vec<_> = Shipped::iter()
        .filter_map(|file| {
            let path = Path::new(&*file);
            let is_own = path.parent() == Some(Path::new(instrument)) && is_yaml(path);
            let found = Shipped::get(&file).filter(|_| is_own)?;
            let text = String::from_utf8_lossy(&found.data).into_owned();
            Some(template(path, text))
        })
        .collect();
    templates.sort_by(|a, b| a.name.cmp(&b.name));
    templates
}

/// The grid files in a folder, by name; none when there is no such folder.
fn templates_in(folder: &Path) -> Result<Vec<Template>, InstrumentError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder, error)),
    };
    let mut templates = Vec::new();
    for entry in entries {
        let path = entry.map_err(|source| unreadable(folder, source))?.path();
        if is_yaml(&path) {
            let text =
                std::fs::read_to_string(&path).map_err(|source| unreadable(&path, source))?;
            templates.push(template(&path, text));
        }
    }
    templates.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(templates)
}

fn template(path: &Path, text: String) -> Template {
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Template { name, text }
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|it| it == "yaml" || it == "yml")
}

fn names_in(dir: &Path) -> Result<Vec<String>, InstrumentError> {
    let entries = std::fs::read_dir(dir).map_err(|source| unreadable(dir, source))?;
    let paths: Result<Vec<_>, _> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let paths = paths.map_err(|source| unreadable(dir, source))?;
    Ok(paths.iter().filter_map(|path| stem(path)).collect())
}

fn stem(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    is_toml(path).then_some(stem)
}

fn is_toml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "toml")
}

fn unreadable(path: &Path, source: io::Error) -> InstrumentError {
    InstrumentError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_instrument_is_valid() {
        let names = shipped();
        assert!(names.contains(&"dummy".to_owned()), "{names:?}");
        for name in names {
            let instrument = load(&name, None).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(instrument.name, name);
        }
    }

    #[test]
    fn an_unknown_name_lists_what_exists() {
        let error = load("nowhere", None).expect_err("unknown").to_string();
        assert!(
            error.contains("\"nowhere\"") && error.contains("dummy"),
            "{error}"
        );
    }

    #[test]
    fn a_directory_of_the_user_comes_first() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let text = "name = \"dummy\"\ntitle = \"Mine\"\npulse_rate_hz = 10.0\n";
        std::fs::write(dir.path().join("dummy.toml"), text).expect("writable");
        let by_name = load("dummy", Some(dir.path())).expect("valid");
        assert_eq!(by_name.title, "Mine");
        assert!(by_name.templates.is_empty());
        std::fs::create_dir(dir.path().join("dummy")).expect("writable");
        std::fs::write(dir.path().join("dummy/one.yaml"), "title: One").expect("writable");
        let by_name = load("dummy", Some(dir.path())).expect("valid");
        assert_eq!(by_name.templates[0].name, "one");
        let path = dir.path().join("dummy.toml");
        assert_eq!(
            load(&path.display().to_string(), None).expect("valid"),
            by_name
        );
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = load("/does/not/exist.toml", None)
            .expect_err("missing")
            .to_string();
        assert!(error.contains("/does/not/exist.toml"), "{error}");
    }
}
