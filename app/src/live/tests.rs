//! Answers applied to a page: what its signals and lists say afterwards.

use super::*;
use shared::sync::codec::DecodedAnswer;
use shared::sync::message::{Answer, Change};
use shared::version::{Revision, Stamp};

fn grid(title: &str, order: i32) -> Object {
    Object::Grid(Grid {
        id: GridId::derived("a"),
        title: title.to_owned(),
        nrows: 1,
        ncols: 1,
        enabled: true,
        order,
    })
}

/// A page that knows one grid, and its mirror.
fn page() -> (Live, Mirror) {
    let mut snapshot = Snapshot::empty();
    snapshot.answer.changes.push(change(&grid("Old", 1)));
    (Live::new(&snapshot), snapshot.mirror())
}

fn change(object: &Object) -> Change {
    Change {
        id: object.id(),
        version: Revision(1),
        value: Some(object.clone().into()),
    }
}

fn answer(live: &Live, mirror: &mut Mirror, changes: Vec<Change>) {
    let stamp = mirror.stamp().unwrap();
    let next = Stamp {
        revision: Revision(stamp.revision.0 + 1),
        ..stamp
    };
    let answer = Answer {
        stamp: next,
        base: Some(stamp.revision),
        changes,
        ..Snapshot::empty().answer
    };
    let decoded = DecodedAnswer {
        answer,
        frames: Vec::new(),
    };
    let applied = mirror.apply(decoded).unwrap();
    live.apply(mirror, &applied, TimeNs(0));
}

#[test]
fn a_change_reaches_its_signal_and_a_removal_its_list() {
    let (live, mut mirror) = page();
    let id = GridId::derived("a");
    assert_eq!(live.tabs.get_untracked(), [id]);
    let signal = live.grids.signal(&id);
    answer(&live, &mut mirror, vec![change(&grid("New", 1))]);
    assert_eq!(signal.get_untracked().unwrap().title, "New");
    let gone = Change {
        value: None,
        ..change(&grid("New", 1))
    };
    answer(&live, &mut mirror, vec![gone]);
    assert_eq!(signal.get_untracked(), None);
    assert!(live.tabs.get_untracked().is_empty());
    answer(&live, &mut mirror, vec![change(&grid("Back", 1))]);
    assert_eq!(live.tabs.get_untracked(), [id]);
    assert_eq!(
        live.grids.signal(&id).get_untracked().unwrap().title,
        "Back"
    );
}

#[test]
fn only_what_changes_its_place_is_arranged_anew() {
    let (live, _) = page();
    assert!(!live.put(&grid("New", 1)));
    assert!(live.put(&grid("New", 2)));
    assert!(live.remove(&grid("New", 2).id()));
    assert!(live.put(&grid("New", 2)));
}
