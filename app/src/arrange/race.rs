//! What becomes of changes when somebody else was faster: what both may have, and what one has to decide.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use shared::topology::{Arrangement, CellGeometry, Piece, PieceId};

use super::Changes;

/// Something that somebody else did, and that these changes would undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Race {
    /// The piece that it was done to.
    pub(crate) piece: PieceId,
    /// Such as `named this grid "Bank 3"`.
    did: String,
    mine: Mine,
}

/// What this page wanted instead.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mine {
    /// To have it so, in words where there are some.
    Change(Option<String>),
    /// To have it so, where it is no more.
    ChangeOfGone(Option<String>),
    /// To have it gone.
    Removal,
}

impl Changes {
    /// Makes what is there now what these changes want: of each piece they change only what they changed of it.
    pub(crate) fn wish(&self, now: &mut Arrangement) {
        for (id, before, after) in self.iter() {
            match (before, after, now.piece(id)) {
                (Some(before), Some(after), Some(theirs)) => {
                    now.put(with_changes(before, after, theirs));
                }
                (None, Some(after), None) => now.put(after.clone()),
                (_, None, Some(_)) => now.remove(id),
                _ => {}
            }
        }
    }

    /// What somebody else did that they would undo: first of all to the piece `asked`.
    pub(crate) fn race(&self, now: &Arrangement, asked: Option<PieceId>) -> Option<Race> {
        let mut pieces: Vec<_> = self.iter().collect();
        pieces.sort_by_key(|(id, ..)| Some(*id) != asked);
        let race = |(id, before, after): (PieceId, Option<&Piece>, Option<&Piece>)| {
            race_of(before?, after, now.piece(id).as_ref())
        };
        let added = || {
            let piece = self.taken_along(now).next()?;
            let did = "added something to it".to_owned();
            let mine = Mine::Removal;
            Some(Race { piece, did, mine })
        };
        pieces.into_iter().find_map(race).or_else(added)
    }
}

impl Race {
    /// What happened, for the one who was later; `by` is what the other one is called, where that is known.
    pub(crate) fn told(&self, by: &str) -> String {
        let cause = self.cause(by);
        match &self.mine {
            Mine::Change(Some(mine)) => format!("{cause}. Yours was {mine}."),
            Mine::Change(None) => format!("{cause}. What you changed is not kept."),
            Mine::ChangeOfGone(Some(mine)) => format!("{cause}. You had written {mine}."),
            Mine::ChangeOfGone(None) => format!("{cause}."),
            Mine::Removal => format!("{cause}, so that nothing was removed."),
        }
    }

    /// The same without what was wanted instead.
    pub(crate) fn cause(&self, by: &str) -> String {
        format!("{} {} meanwhile", who(by), self.did)
    }

    /// What having one's own way is called; none where there is no way.
    pub(crate) fn own_way(&self) -> Option<&'static str> {
        match self.mine {
            Mine::Change(_) => Some("Keep mine"),
            Mine::ChangeOfGone(_) => None,
            Mine::Removal => Some("Remove it"),
        }
    }
}

/// Who did something, at the beginning of a sentence.
pub(crate) fn who(by: &str) -> &str {
    if by.is_empty() { "Somebody else" } else { by }
}

/// What was done to a piece, such as `named this layer "Peak" and hid it`.
pub(crate) fn told_changes(before: &Piece, after: &Piece) -> String {
    let (was, is) = (fields(before), fields(after));
    told(&is, changed(&was, &is), kind_of(before))
}

/// What was done to one piece that the change to `after` would undo.
fn race_of(before: &Piece, after: Option<&Piece>, now: Option<&Piece>) -> Option<Race> {
    let kind = kind_of(before);
    let piece = before.id();
    let was = fields(before);
    let race = |did, mine| Some(Race { piece, did, mine });
    match (after, now) {
        (None, None) => None,
        (None, Some(now)) if now == before => None,
        (None, Some(now)) => race(told_changes(before, now), Mine::Removal),
        (Some(after), None) => {
            let wanted = fields(after);
            let title = changed(&was, &wanted).contains("title");
            let title = wanted.get("title").filter(|_| title);
            let written = title
                .and_then(Value::as_str)
                .map(|title| format!("{title:?}"));
            race(format!("removed this {kind}"), Mine::ChangeOfGone(written))
        }
        (Some(after), Some(now)) => {
            let (wanted, is) = (fields(after), fields(now));
            let mine = changed(&was, &wanted);
            let theirs = changed(&was, &is);
            let is_raced = |it: &&String| mine.contains(*it) && wanted.get(*it) != is.get(*it);
            let raced: BTreeSet<String> = theirs.iter().filter(is_raced).cloned().collect();
            if raced.is_empty() {
                return None;
            }
            let values = raced.iter().filter_map(|it| value_of(it, wanted.get(it)?));
            let values: Vec<String> = values.collect();
            let mine = (!values.is_empty()).then(|| values.join(" and "));
            race(told(&is, raced, kind), Mine::Change(mine))
        }
    }
}

/// A piece with what was changed of it from `before` to `after`.
fn with_changes(before: &Piece, after: &Piece, theirs: Piece) -> Piece {
    let (was, is) = (fields(before), fields(after));
    let merged = || {
        let mut value = serde_json::to_value(&theirs).ok()?;
        let held = value.get_mut("value")?.as_object_mut()?;
        for field in changed(&was, &is) {
            let wanted = is.get(&field).cloned().unwrap_or_default();
            held.insert(field, wanted);
        }
        serde_json::from_value(value).ok()
    };
    merged().unwrap_or(theirs)
}

fn fields(piece: &Piece) -> Map<String, Value> {
    let value = serde_json::to_value(piece).unwrap_or_default();
    let held = value.get("value").and_then(Value::as_object);
    held.cloned().unwrap_or_default()
}

fn changed(was: &Map<String, Value>, is: &Map<String, Value>) -> BTreeSet<String> {
    let all = was.keys().chain(is.keys());
    let differing = all.filter(|it| was.get(*it) != is.get(*it));
    differing.cloned().collect()
}

/// What people call a piece.
fn kind_of(piece: &Piece) -> &'static str {
    match piece {
        Piece::Cell(_) => "plot",
        other => other.id().kind(),
    }
}

fn told(is: &Map<String, Value>, fields: BTreeSet<String>, kind: &str) -> String {
    let done: Vec<String> = fields
        .into_iter()
        .map(|field| deed(&field, is.get(&field).unwrap_or(&Value::Null), kind))
        .collect();
    done.join(" and ")
}

/// What somebody did who gave a field this value.
fn deed(field: &str, value: &Value, kind: &str) -> String {
    match (field, value_of(field, value)) {
        ("title", Some(title)) => format!("named this {kind} {title}"),
        ("nrows" | "ncols", Some(lines)) => format!("gave this {kind} {lines}"),
        ("geometry", Some(place)) => format!("put this {kind} in {place}"),
        ("enabled" | "hidden", _) => {
            let is_shown = (field == "enabled") == (value == &Value::Bool(true));
            let verb = if is_shown { "showed" } else { "hid" };
            let of = if field == "enabled" {
                "the tab of "
            } else {
                ""
            };
            format!("{verb} {of}this {kind}")
        }
        ("order", _) => format!("moved this {kind} among the others"),
        ("config", _) => format!("set this {kind} otherwise"),
        _ => format!("changed this {kind}"),
    }
}

/// A value in words, where there are some.
fn value_of(field: &str, value: &Value) -> Option<String> {
    let lines = |one: &str| {
        let count = value.as_u64()?;
        let end = if count == 1 { "" } else { "s" };
        Some(format!("{count} {one}{end}"))
    };
    match field {
        "title" => Some(format!("{:?}", value.as_str().unwrap_or_default())),
        "nrows" => lines("row"),
        "ncols" => lines("column"),
        "geometry" => {
            let CellGeometry {
                row,
                col,
                row_span,
                col_span,
            } = serde_json::from_value(value.clone()).ok()?;
            let (row, col) = (row + 1, col + 1);
            Some(format!("row {row}, column {col} ({row_span} × {col_span})"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use shared::id::{CellId, GridId, LayerId};

    use super::super::changes::tests::arranged;
    use super::*;

    fn grid(arrangement: &mut Arrangement) -> &mut shared::topology::Grid {
        let grid = arrangement.grids.get_mut(&GridId::derived("g"));
        grid.expect("there")
    }

    fn changes(before: &Arrangement, edit: impl FnOnce(&mut Arrangement)) -> Changes {
        Changes::of(before, edit).expect("good")
    }

    fn told(changes: &Changes, now: &Arrangement, by: &str) -> Option<String> {
        Some(changes.race(now, None)?.told(by))
    }

    #[test]
    fn who_changes_something_else_of_the_same_is_no_rival() {
        let before = arranged();
        let mine = changes(&before, |it| grid(it).title = "Mine".to_owned());
        let mut now = before.clone();
        grid(&mut now).ncols = 5;
        assert_eq!(mine.race(&now, None), None);
        mine.wish(&mut now);
        let both = grid(&mut now);
        assert_eq!((both.title.as_str(), both.ncols), ("Mine", 5));
        // The same wish, come true already.
        assert_eq!(mine.race(&now, None), None);
        assert!(changes(&now, |it| mine.wish(it)).is_empty());
    }

    #[test]
    fn who_wants_the_same_field_otherwise_is_told_who_and_what() {
        let before = arranged();
        let mine = changes(&before, |it| grid(it).title = "Bank 2".to_owned());
        let mut now = before.clone();
        grid(&mut now).title = "Bank 3".to_owned();
        let race = mine.race(&now, None).expect("both named it");
        let text = "Anna named this grid \"Bank 3\" meanwhile. Yours was \"Bank 2\".";
        assert_eq!(race.told("Anna"), text);
        assert!(race.told("").starts_with("Somebody else named"));
        assert_eq!(race.own_way(), Some("Keep mine"));
        mine.wish(&mut now);
        assert_eq!(grid(&mut now).title, "Bank 2");

        let place = |row: u32| {
            move |it: &mut Arrangement| {
                let cell = it.cells.get_mut(&CellId::derived("c"));
                cell.expect("there").geometry.row = row;
            }
        };
        let mut now = before.clone();
        place(1)(&mut now);
        grid(&mut now).nrows = 3;
        let size = changes(&before, |it| grid(it).nrows = 4);
        let text = "Bo gave this grid 3 rows meanwhile. Yours was 4 rows.";
        assert_eq!(told(&size, &now, "Bo").as_deref(), Some(text));
        let moved = changes(&before, |it| {
            grid(it).nrows = 4;
            place(3)(it);
        });
        let cell = Some(CellId::derived("c").into());
        let text = "Bo put this plot in row 2, column 1 (1 × 1) meanwhile. Yours was row 4, column 1 (1 × 1).";
        let race = moved.race(&now, cell).expect("both moved it");
        assert_eq!(race.told("Bo"), text);
    }

    #[test]
    fn what_was_written_into_something_that_is_gone_is_told() {
        let before = arranged();
        let cell = CellId::derived("c");
        let mine = changes(&before, |it| {
            it.cells.get_mut(&cell).expect("there").title = Some("Peak".to_owned());
        });
        let mut now = before.clone();
        now.remove(cell.into());
        let race = mine.race(&now, None).expect("it is gone");
        let text = "Anna removed this plot meanwhile. You had written \"Peak\".";
        assert_eq!((race.told("Anna").as_str(), race.own_way()), (text, None));
        assert!(changes(&now, |it| mine.wish(it)).is_empty());
    }

    #[test]
    fn what_somebody_changed_or_added_does_not_go_unasked() {
        let before = arranged();
        let cell = PieceId::from(CellId::derived("c"));
        let mine = changes(&before, |it| it.remove(cell));
        assert_eq!(mine.race(&before, None), None);
        let layer = LayerId::derived("l");
        let mut now = before.clone();
        now.layers.get_mut(&layer).expect("there").hidden = true;
        let text = "Bo hid this layer meanwhile, so that nothing was removed.";
        assert_eq!(told(&mine, &now, "Bo").as_deref(), Some(text));

        let mut now = before.clone();
        let mut theirs = now.layers[&layer].clone();
        theirs.id = LayerId::derived("theirs");
        now.layers.insert(theirs.id, theirs.clone());
        let race = mine.race(&now, None).expect("something was added");
        assert_eq!(race.piece, theirs.id.into());
        assert!(race.told("").contains("added something to it"));
        mine.wish(&mut now);
        assert!(now.cells.is_empty() && now.layers.is_empty());
    }

    #[test]
    fn what_was_done_to_a_piece_is_told_in_one_sentence() {
        let before = arranged().layers[&LayerId::derived("l")].clone();
        let mut after = before.clone();
        (after.title, after.hidden) = ("Peak".to_owned(), true);
        let did = told_changes(&Piece::Layer(before), &Piece::Layer(after));
        assert_eq!(did, "hid this layer and named this layer \"Peak\"");
    }
}
