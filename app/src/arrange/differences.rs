//! What differs between two versions of a piece, in words: for who lost a race, or what they wrote.

use serde_json::Value;
use shared::topology::{Cell, Grid, Layer, LayerConfig, Piece, PieceId, Refusal};

use super::Changes;

/// More differences than this are counted.
const MAX_TOLD: usize = 4;

/// Why an edit was refused, with what somebody made of its piece and what the edit would have made of it.
pub(crate) fn told(changes: &Changes, refusal: &Refusal) -> String {
    let lost = refusal.piece.and_then(|id| Some((id, changes.piece(id)?)));
    // What was refused for another reason says so itself.
    let Some((id, (Some(before), after))) = lost.filter(|_| is_race(refusal)) else {
        return refusal.detail.clone();
    };
    let who = if refusal.by.is_empty() {
        "Somebody"
    } else {
        &refusal.by
    };
    let theirs = match &refusal.current {
        Some(current) => match listed(&differences(before, &current.piece)) {
            Some(now) => format!("{who} changed this {} meanwhile: {now}.", called(id)),
            None => format!("{who} changed this {} meanwhile, and back.", called(id)),
        },
        None => format!("{who} removed this {} meanwhile.", called(id)),
    };
    match difference(before, after) {
        Some(mine) => {
            format!("{theirs} You wanted {mine}. Look at it as it is now, then try again.")
        }
        None => theirs,
    }
}

/// What an edit that did not arrive would have made of its pieces; none where that is too much to be said.
pub(crate) fn wanted(changes: &Changes) -> Option<String> {
    let pieces: Vec<PieceId> = changes.pieces().collect();
    let [id] = pieces[..] else {
        return None;
    };
    let (before, after) = changes.piece(id)?;
    difference(before?, after)
}

/// True when the edit was refused since somebody was faster.
fn is_race(refusal: &Refusal) -> bool {
    refusal.field.is_none() && (refusal.current.is_some() || refusal.detail.contains("meanwhile"))
}

fn difference(before: &Piece, after: Option<&Piece>) -> Option<String> {
    match after {
        Some(after) => listed(&differences(before, after)),
        None => Some("to remove it".to_owned()),
    }
}

/// What people call a piece that they see.
fn called(id: PieceId) -> &'static str {
    match id {
        PieceId::Cell(_) => "plot",
        other => other.kind(),
    }
}

fn listed(differences: &[String]) -> Option<String> {
    let more = differences.len().saturating_sub(MAX_TOLD);
    let mut told = differences
        .iter()
        .take(MAX_TOLD)
        .cloned()
        .collect::<Vec<_>>();
    if more > 0 {
        told.push(format!("{more} more"));
    }
    (!told.is_empty()).then(|| told.join(", "))
}

/// What `after` says otherwise than `before`, each as it is there.
pub(crate) fn differences(before: &Piece, after: &Piece) -> Vec<String> {
    match (before, after) {
        (Piece::Grid(before), Piece::Grid(after)) => of_grids(before, after),
        (Piece::Cell(before), Piece::Cell(after)) => of_cells(before, after),
        (Piece::Layer(before), Piece::Layer(after)) => of_layers(before, after),
        _ => Vec::new(),
    }
}

fn of_grids(before: &Grid, after: &Grid) -> Vec<String> {
    let told = [
        (before.title != after.title).then(|| format!("title {:?}", after.title)),
        (before.nrows != after.nrows).then(|| format!("rows {}", after.nrows)),
        (before.ncols != after.ncols).then(|| format!("columns {}", after.ncols)),
        (before.enabled != after.enabled).then(|| shown("tab", after.enabled)),
        (before.order != after.order).then(|| "another place among the tabs".to_owned()),
    ];
    told.into_iter().flatten().collect()
}

fn of_cells(before: &Cell, after: &Cell) -> Vec<String> {
    let place = after.geometry;
    let told = [
        (before.title != after.title).then(|| match &after.title {
            Some(title) => format!("title {title:?}"),
            None => "no title of its own".to_owned(),
        }),
        (before.geometry != place).then(|| {
            format!(
                "row {}, column {}, {} × {}",
                place.row + 1,
                place.col + 1,
                place.row_span,
                place.col_span
            )
        }),
        (before.grid != after.grid).then(|| "another grid".to_owned()),
    ];
    told.into_iter().flatten().collect()
}

fn of_layers(before: &Layer, after: &Layer) -> Vec<String> {
    let told = [
        (before.title != after.title).then(|| format!("title {:?}", after.title)),
        (before.hidden != after.hidden).then(|| shown("layer", !after.hidden)),
        (before.order != after.order).then(|| "another place among the layers".to_owned()),
        (before.cell != after.cell).then(|| "another plot".to_owned()),
    ];
    let told = told.into_iter().flatten();
    told.chain(of_configs(&before.config, &after.config))
        .collect()
}

fn of_configs(before: &LayerConfig, after: &LayerConfig) -> Vec<String> {
    let mut told = Vec::new();
    if before.sources != after.sources {
        told.push("other data".to_owned());
    }
    if before.plotter != after.plotter {
        told.push(format!("plotter {}", after.plotter));
        return told;
    }
    let (before, after) = (before.params.object(), after.params.object());
    let names = before
        .keys()
        .chain(after.keys().filter(|it| !before.contains_key(*it)));
    for name in names {
        collect(name, before.get(name), after.get(name), &mut told);
    }
    told
}

/// The parameters that differ below a name, in the words of its form.
fn collect(name: &str, before: Option<&Value>, after: Option<&Value>, told: &mut Vec<String>) {
    if before == after {
        return;
    }
    let fields = |it: Option<&Value>| it.and_then(Value::as_object).cloned().unwrap_or_default();
    let is_group = [before, after]
        .iter()
        .any(|it| it.is_some_and(Value::is_object));
    if !is_group {
        let name = name.replace('_', " ");
        told.push(match after {
            Some(value) => format!("{name} {value}"),
            None => format!("{name} as usual"),
        });
        return;
    }
    let (before, after) = (fields(before), fields(after));
    let names = before
        .keys()
        .chain(after.keys().filter(|it| !before.contains_key(*it)));
    for name in names {
        collect(name, before.get(name), after.get(name), told);
    }
}

fn shown(what: &str, is_shown: bool) -> String {
    format!("{what} {}", if is_shown { "shown" } else { "hidden" })
}

#[cfg(test)]
mod tests {
    use shared::id::{CellId, GridId, LayerId};
    use shared::topology::{Arrangement, JsonText, Versioned};
    use shared::version::Revision;

    use super::super::changes::tests::arranged;
    use super::*;

    fn changes(edit: impl FnOnce(&mut Arrangement)) -> Changes {
        Changes::of(&arranged(), edit).expect("a good edit")
    }

    fn refused(piece: Piece, by: &str) -> Refusal {
        Refusal {
            detail: "meanwhile".to_owned(),
            piece: Some(piece.id()),
            field: None,
            current: Some(Versioned {
                version: Revision(7),
                piece,
            }),
            by: by.to_owned(),
        }
    }

    #[test]
    fn who_is_too_late_learns_what_is_and_keeps_what_was_written() {
        let id = GridId::derived("g");
        let mut theirs = arranged().grids[&id].clone();
        (theirs.title, theirs.ncols) = ("Theirs".to_owned(), 3);
        let mine = changes(|it| it.grids.get_mut(&id).expect("there").title = "Mine".to_owned());
        let text = told(&mine, &refused(Piece::Grid(theirs), "Anna"));
        let expected = "Anna changed this grid meanwhile: title \"Theirs\", columns 3. You wanted title \"Mine\". Look at \
                        it as it is now, then try again.";
        assert_eq!(text, expected);
        assert_eq!(wanted(&mine).as_deref(), Some("title \"Mine\""));
    }

    #[test]
    fn what_is_gone_has_no_state_and_what_was_to_go_is_said() {
        let id = CellId::derived("c");
        let mine = changes(|it| it.remove(id.into()));
        let gone = Refusal {
            current: None,
            ..refused(Piece::Cell(arranged().cells[&id].clone()), "")
        };
        let text = told(&mine, &gone);
        assert!(
            text.starts_with("Somebody removed this plot meanwhile. You wanted to remove it."),
            "{text}"
        );
        let broken = Refusal {
            field: Some("title".to_owned()),
            detail: "the title is too long".to_owned(),
            ..gone
        };
        assert_eq!(told(&mine, &broken), "the title is too long");
    }

    #[test]
    fn parameters_are_told_by_their_names() {
        let id = LayerId::derived("l");
        let before = arranged().layers[&id].clone();
        let with = |json: Value| {
            let mut layer = before.clone();
            layer.config.params = JsonText::new(json.as_object().expect("an object").clone());
            Piece::Layer(layer)
        };
        let old =
            with(serde_json::json!({"window": {"seconds": 5.0}, "rate": {"per_second": true}}));
        let new = with(serde_json::json!({"window": {"seconds": 7.5, "aggregation": "mean"}}));
        let expected = ["per second as usual", "seconds 7.5", "aggregation \"mean\""];
        assert_eq!(differences(&old, &new), expected);
    }
}
