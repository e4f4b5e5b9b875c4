//! What is taken back, and what is not.

use shared::id::{CellId, TemplateId};
use shared::time::TimeNs;
use shared::topology::{Arrangement, KeptTemplate, Piece, Step, Versioned};
use shared::version::Revision;

use super::super::changes::tests::{arranged, seen, stamp};
use super::*;

/// The server's answer to an edit that put the cell as it is in `after`.
fn answer(after: &Arrangement, revision: u64) -> Edited {
    let cell = after.piece(CellId::derived("c").into()).expect("there");
    Edited {
        stamp: stamp(revision),
        pieces: vec![Versioned {
            version: Revision(revision),
            piece: cell,
        }],
        removed: Vec::new(),
    }
}

/// The cell moved to a row, and what that changed.
fn moved(before: &Arrangement, row: u32) -> (Arrangement, Changes) {
    let mut after = before.clone();
    let id = CellId::derived("c");
    after.cells.get_mut(&id).expect("there").geometry.row = row;
    let changes = Changes::of(before, |it| *it = after.clone()).expect("good");
    (after, changes)
}

fn row_of(step: &Step) -> Option<(u32, Option<Stamp>)> {
    match step {
        Step::Put {
            piece: Piece::Cell(cell),
            based_on,
        } => Some((cell.geometry.row, *based_on)),
        _ => None,
    }
}

/// A history of two edits of the cell, first down and then up. The second is based on a version of it, and made
/// another; the cell lies as in the first and the second arrangement.
fn down_and_up(based_on: u64, made: u64) -> (History, [Arrangement; 2]) {
    let first = arranged();
    let mut history = History::default();
    let (second, changes) = moved(&first, 1);
    let down = answer(&second, 2);
    history.record("down".to_owned().into(), changes, &seen(&first, 1), &down);
    let (third, changes) = moved(&second, 0);
    let based_on = [(CellId::derived("c").into(), stamp(based_on))].into();
    history.record(
        "up".to_owned().into(),
        changes,
        &based_on,
        &answer(&third, made),
    );
    (history, [first, second])
}

#[test]
fn what_a_step_makes_is_known_before_it_is_done() {
    let id = PieceId::from(CellId::derived("c"));
    let before = arranged();
    let changes = Changes::of(&before, |it| it.remove(id)).expect("good");
    let gone = Edited {
        stamp: stamp(2),
        pieces: Vec::new(),
        removed: vec![id],
    };
    let mut history = History::default();
    history.record(
        "remove".to_owned().into(),
        changes,
        &seen(&before, 1),
        &gone,
    );
    let brings = |it: &History| [Way::Back, Way::Forth].map(|way| it.brings(way, id));
    assert_eq!(brings(&history), [true, false]);
    history.went(Way::Back, &answer(&before, 3));
    assert_eq!(brings(&history), [false, false]);
}

/// The row that a step of these changes puts the cell in, and the version that it is based on.
fn target(next: Next) -> Option<(u32, Option<Stamp>)> {
    match next {
        Next::Edit(changes, own, _) => row_of(&changes.steps(&own, None)[0]),
        Next::Template(_) => None,
    }
}

#[test]
fn edits_of_one_piece_are_taken_back_one_by_one_and_done_again() {
    let (mut history, [first, second]) = down_and_up(2, 3);
    assert_eq!(history.undo_label(), Some("up"));
    let undo = history.next(Way::Back).expect("two edits");
    assert_eq!(target(undo), Some((1, Some(stamp(3)))));
    history.went(Way::Back, &answer(&second, 4));
    let undo = history.next(Way::Back).expect("one edit");
    assert_eq!(target(undo), Some((0, Some(stamp(4)))));
    history.went(Way::Back, &answer(&first, 5));
    let labels = (history.undo_label(), history.redo_label());
    assert_eq!(labels, (None, Some("down")));
    let redo = history.next(Way::Forth).expect("an edit taken back");
    assert_eq!(target(redo), Some((1, Some(stamp(5)))));
}

#[test]
fn edits_of_one_gesture_are_taken_back_together() {
    let first = arranged();
    let mut history = History::default();
    let mut record = |before: &Arrangement, row, revision| {
        let (after, changes) = moved(before, row);
        let deed = Deed {
            label: "move".to_owned(),
            gesture: Some(Uuid::from_u128(7)),
        };
        let made = answer(&after, revision);
        history.record(deed, changes, &seen(before, revision - 1), &made);
        (after, history.next(Way::Back).map(target))
    };
    let (second, undo) = record(&first, 1, 2);
    assert_eq!(undo, Some(Some((0, Some(stamp(2))))));
    let (back, undo) = record(&second, 0, 3);
    assert_eq!(undo, None, "all is as it was");
    let (_, undo) = record(&back, 1, 4);
    assert_eq!(undo, Some(Some((0, Some(stamp(4))))));
}

#[test]
fn own_later_edits_do_not_keep_an_earlier_one_from_being_taken_back() {
    let (mut history, [_, second]) = down_and_up(2, 7);
    history.went(Way::Back, &answer(&second, 9));
    let Some(Next::Edit(.., as_of)) = history.next(Way::Back) else {
        panic!("one edit")
    };
    assert_eq!(as_of, stamp(9));
}

#[test]
fn a_template_that_was_let_go_comes_back_in_its_turn() {
    let (mut history, [_, second]) = down_and_up(2, 3);
    let template = StoredTemplate {
        kept: KeptTemplate {
            id: TemplateId::derived("t"),
            by: "Anna".to_owned(),
            time_ns: TimeNs(7),
        },
        title: "Mine".to_owned(),
        document: String::new(),
    };
    history.record_removal(template.clone());
    assert_eq!(history.undo_label(), Some("remove the template Mine"));
    let template = Arc::new(template);
    assert_eq!(history.removed_template(), Some(&template));
    let next = Some(Next::Template(Arc::clone(&template)));
    assert_eq!(history.next(Way::Back), next);
    history.went_template(Way::Back, template);
    assert_eq!(history.removed_template(), None);
    assert_eq!(history.next(Way::Forth), next);
    // The edits before it are where they were.
    let undo = history.next(Way::Back).expect("two edits");
    assert_eq!(target(undo), Some((1, Some(stamp(3)))));
    history.went(Way::Back, &answer(&second, 4));
    assert_eq!(history.redo_label(), Some("up"));
}

#[test]
fn what_others_changed_in_between_is_not_taken_back() {
    // Somebody else made version 3 of it, on which the second edit is based.
    let (mut history, [_, second]) = down_and_up(3, 4);
    history.went(Way::Back, &answer(&second, 5));
    assert_eq!(history.undo_label(), None);
}
