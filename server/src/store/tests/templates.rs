//! That templates are kept until they are let go.

use super::*;

#[test]
fn templates_are_there_after_a_restart_the_oldest_first() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let mut newer = template("newer");
    newer.kept.time_ns = NOW.plus(1);
    store.keep_template(&newer).unwrap();
    store.keep_template(&template("older")).unwrap();
    drop(store);
    let store = open(folder.path());
    assert_eq!(
        store.templates().unwrap(),
        [template("older"), newer.clone()]
    );
    let id = TemplateId::derived("newer");
    assert_eq!(store.remove_template(id).unwrap(), Some(newer));
    assert_eq!(store.remove_template(id).unwrap(), None);
    drop(store);
    let left = open(folder.path()).templates().unwrap();
    assert_eq!(left, [template("older")]);
}

#[test]
fn a_template_takes_the_place_of_the_one_of_its_id() {
    let store = Store::in_memory();
    store.keep_template(&template("t")).unwrap();
    let other = StoredTemplate {
        title: "Another".to_owned(),
        ..template("t")
    };
    store.keep_template(&other).unwrap();
    assert_eq!(store.templates().unwrap(), [other]);
}

#[test]
fn a_template_that_makes_no_sense_costs_itself_alone() {
    let store = Store::in_memory();
    store.keep_template(&template("t")).unwrap();
    let statement = "INSERT INTO template VALUES ('no id', 'a', 'b', 'c', 0)";
    store.inner().connection.execute(statement, []).unwrap();
    assert_eq!(store.templates().unwrap(), [template("t")]);
}

#[test]
fn a_template_for_which_there_is_no_room_changes_nothing_and_is_told() {
    let store = Store::in_memory();
    store.keep_template(&template("t")).unwrap();
    let limit = |pages: i64| {
        let inner = store.inner();
        let set = inner
            .connection
            .pragma_update(None, "max_page_count", pages);
        set.ok();
    };
    limit(1);
    let large = StoredTemplate {
        document: "x".repeat(100_000),
        ..template("t")
    };
    let error = store.keep_template(&large).unwrap_err();
    assert!(error.is_full(), "{error}");
    assert!(store.trouble().unwrap().contains("cannot be saved"));
    assert_eq!(store.templates().unwrap(), [template("t")]);
    limit(1_000_000);
    store.keep_template(&large).unwrap();
    assert_eq!(store.trouble(), None);
}
