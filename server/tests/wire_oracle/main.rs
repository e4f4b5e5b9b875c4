//! Their messages decoded by us and ours by them: the facility's Python package is the judge.

mod describe;
mod ours;
mod python;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

fn fresh_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the test's folder is ours to empty");
    }
    fs::create_dir_all(&folder).expect("the target folder is writable");
    folder
}

fn meanings(file: &Path) -> Map<String, Value> {
    let text = fs::read_to_string(file).expect("the oracle wrote the file");
    let mut meanings: Map<_, _> = serde_json::from_str(&text).expect("the oracle writes JSON");
    meanings.values_mut().for_each(describe::round_off_spelling);
    meanings
}

#[test]
fn we_read_what_they_write() {
    let folder = fresh_folder("oracle-theirs");
    python::oracle("write", &folder);
    let expected = meanings(&folder.join("expected.json"));
    assert!(
        expected.len() > 110,
        "the oracle wrote only {} messages",
        expected.len()
    );
    for (name, meaning) in expected {
        let bytes = fs::read(folder.join(format!("{name}.bin"))).unwrap();
        assert_eq!(describe::describe(&bytes), meaning, "{name}");
    }
}

#[test]
fn they_read_what_we_write() {
    let folder = fresh_folder("oracle-ours");
    let cases = ours::cases();
    for (name, bytes) in &cases {
        fs::write(folder.join(format!("{name}.bin")), bytes).unwrap();
    }
    python::oracle("read", &folder);
    let decoded = meanings(&folder.join("decoded.json"));
    assert_eq!(decoded.len(), cases.len());
    for (name, bytes) in cases {
        assert_eq!(decoded[&name], describe::describe(&bytes), "{name}");
    }
}
