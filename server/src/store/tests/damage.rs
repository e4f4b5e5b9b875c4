//! A damaged database is kept as it is, under another name; a server starts nevertheless.

use std::io::{Seek as _, SeekFrom, Write as _};

use super::*;

/// Does harm to a file.
type Damage = fn(&Path);

/// What can happen to the file of a stopped server.
fn damages() -> Vec<(&'static str, Damage)> {
    fn overwrite(path: &Path, at: u64, bytes: &[u8]) {
        let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.seek(SeekFrom::Start(at)).unwrap();
        file.write_all(bytes).unwrap();
    }
    vec![
        ("no header", |path| overwrite(path, 0, &[0; 100])),
        ("a page of noise", |path| {
            overwrite(path, 4096, &[0xA5; 4096]);
        }),
        ("half of it", |path| {
            let file = fs::OpenOptions::new().write(true).open(path).unwrap();
            file.set_len(file.metadata().unwrap().len() / 2).unwrap();
        }),
        ("a text", |path| {
            fs::write(path, "grids:\n- title: mine\n".repeat(100)).unwrap();
        }),
        ("another program's", |path| {
            fs::remove_file(path).unwrap();
            let other = Connection::open(path).unwrap();
            other
                .execute_batch("CREATE TABLE mine (a); INSERT INTO mine VALUES (1);")
                .unwrap();
        }),
    ]
}

fn with_content() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.write(&puts(&all())).unwrap();
    let long = layer("c", &format!(r#"{{"text":"{}"}}"#, "x".repeat(20_000)));
    store.write(&puts(&[long])).unwrap();
    let path = folder.path().join("dummy.sqlite3");
    (folder, path)
}

#[test]
fn a_damaged_database_is_set_aside_byte_for_byte() {
    for (what, damage) in damages() {
        let (folder, path) = with_content();
        damage(&path);
        let bytes = fs::read(&path).unwrap();
        let store = open(folder.path());
        let Opened::Replaced { aside, reason, .. } = store.opened() else {
            panic!("{what}: it was taken for whole");
        };
        assert!(!reason.is_empty());
        assert_eq!(fs::read(aside).unwrap(), bytes, "{what}");
        assert_eq!(store.kept().unwrap(), Kept::default(), "{what}");
        let told = store.trouble().unwrap();
        assert!(told.contains(aside.to_str().unwrap()), "{told}");
        store.write(&puts(&all())).unwrap();
    }
}

#[test]
fn a_second_damaged_database_does_not_take_the_place_of_the_first() {
    let (folder, path) = with_content();
    for text in ["first", "second"] {
        fs::write(&path, text.repeat(1_000)).unwrap();
        open(folder.path());
    }
    let names = fs::read_dir(folder.path()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut aside: Vec<String> = names.filter(|name| name.contains("damaged")).collect();
    aside.sort();
    assert_eq!(
        aside,
        [
            "dummy.sqlite3.damaged-20231114T221320Z",
            "dummy.sqlite3.damaged-20231114T221320Z-2"
        ]
    );
}

#[test]
fn what_is_no_damage_is_no_reason_to_begin_anew() {
    let (folder, path) = with_content();
    fs::write(path.with_extension("sqlite3-wal"), [0xA5; 5_000]).unwrap();
    let store = open(folder.path());
    assert_eq!(store.opened(), &Opened::AsItWas);
    assert_eq!(store.kept().unwrap().arrangement.layers.len(), 1);
    drop(store);
    fs::write(&path, b"").unwrap();
    let store = open(folder.path());
    assert_eq!(
        store.opened(),
        &Opened::AsItWas,
        "an empty file is a new database"
    );
}

#[test]
fn a_file_that_cannot_be_opened_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dummy.sqlite3");
    fs::create_dir(&path).unwrap();
    let error = Store::open(folder.path(), "dummy", NOW).unwrap_err();
    assert!(matches!(error, StoreError::Open { .. }), "{error}");
    assert!(path.is_dir());
}

#[test]
fn entries_that_make_no_sense_cost_themselves_alone() {
    let store = Store::in_memory();
    store.write(&puts(&all())).unwrap();
    let insert = |kind: &str, id: &str, value: &str| {
        let statement = "INSERT INTO piece (kind, id, value) VALUES (?1, ?2, ?3)";
        let inner = store.inner();
        inner
            .connection
            .execute(statement, params![kind, id, value])
            .unwrap();
    };
    insert("grid", "1", "{");
    insert("cell", "2", r#"{"id":"2"}"#);
    insert("star", "3", "{}");
    let orphan = Cell {
        id: CellId::derived("orphan"),
        grid: GridId::derived("gone"),
        geometry: CellGeometry::between((0, 0), (0, 0)),
        title: None,
    };
    insert(
        "cell",
        &orphan.id.to_string(),
        &serde_json::to_string(&orphan).unwrap(),
    );
    let kept = store.kept().unwrap();
    assert_eq!(kept.arrangement, arranged(&all()));
    assert_eq!(kept.unreadable.len(), 4, "{:?}", kept.unreadable);
    assert!(store.trouble().unwrap().contains("4 entries"));
    let count = "SELECT count(*) FROM piece";
    let rows: i64 = store
        .inner()
        .connection
        .query_row(count, [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 8, "they stay where they are");
}
