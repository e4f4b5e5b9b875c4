//! Every schema that was ever released leads to the present one, with all that it held.

use super::super::migrate::{self, MIGRATIONS};
use super::*;

/// A database of each version, as text; the numbers of the header are set beside it.
const RELEASED: [&str; 3] = [
    include_str!("v1.sql"),
    include_str!("v2.sql"),
    include_str!("v3.sql"),
];

fn schema(connection: &Connection) -> Vec<String> {
    let mut query = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        .unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn set_numbers(connection: &Connection, version: usize) {
    let application = migrate::APPLICATION_ID;
    connection
        .pragma_update(None, "application_id", application)
        .unwrap();
    connection
        .pragma_update(None, "user_version", version as i64)
        .unwrap();
}

#[test]
fn every_released_version_is_read_and_ends_in_the_present_schema() {
    assert_eq!(
        RELEASED.len(),
        MIGRATIONS.len(),
        "each version has a fixture"
    );
    let fresh = Store::in_memory();
    for (index, text) in RELEASED.iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let old = Connection::open(folder.path().join("dummy.sqlite3")).unwrap();
        old.execute_batch(text).unwrap();
        set_numbers(&old, index + 1);
        drop(old);
        let store = open(folder.path());
        assert_eq!(store.opened(), &Opened::AsItWas);
        assert_eq!(
            schema(&store.inner().connection),
            schema(&fresh.inner().connection)
        );
        let kept = store.kept().unwrap();
        let mut expected = all();
        if index == 0 {
            expected.retain(|piece| !matches!(piece, Piece::Region(_)));
        }
        assert_eq!(kept.arrangement, arranged(&expected));
        assert_eq!(kept.unreadable, Vec::<String>::new());
        assert_eq!(kept.seeded.len(), 1);
        let templates = if index < 2 {
            vec![]
        } else {
            vec![template("t")]
        };
        assert_eq!(store.templates().unwrap(), templates);
    }
}

#[test]
fn a_later_release_s_database_is_refused_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).write(&puts(&all())).unwrap();
    let path = folder.path().join("dummy.sqlite3");
    let later = Connection::open(&path).unwrap();
    set_numbers(&later, 99);
    drop(later);
    let bytes = fs::read(&path).unwrap();
    let error = Store::open(folder.path(), "dummy", NOW).unwrap_err();
    assert!(error.to_string().contains("schema 99"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
}
