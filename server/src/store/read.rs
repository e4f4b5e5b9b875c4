//! Reads what is kept. One entry that makes no sense costs that entry alone.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row};
use serde_json::{Value, json};
use shared::id::GridId;
use shared::topology::{Arrangement, Piece};

use super::key_of;

/// What the database holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// What is arranged.
    pub arrangement: Arrangement,
    /// The instrument's grids that were arranged once.
    pub seeded: BTreeSet<GridId>,
    /// Entries that are left out, each with the reason.
    pub unreadable: Vec<String>,
}

pub(super) fn kept(connection: &Connection) -> rusqlite::Result<Kept> {
    let mut kept = Kept::default();
    let mut query = connection.prepare("SELECT kind, id, value FROM piece")?;
    let rows = query.query_map([], |row| Ok((text(row, 0)?, text(row, 1)?, text(row, 2)?)))?;
    for row in rows {
        let (kind, id, value) = row?;
        match piece(&kind, &id, &value) {
            Ok(piece) => kept.arrangement.put(piece),
            Err(reason) => kept.unreadable.push(format!("{kind} {id}: {reason}")),
        }
    }
    let mut query = connection.prepare("SELECT grid FROM seeded")?;
    let rows = query.query_map([], |row| text(row, 0))?;
    for row in rows {
        kept.seeded.extend(row?.parse::<GridId>());
    }
    leave_out_orphans(&mut kept);
    Ok(kept)
}

/// A text, with what is no text in it made visible: that entry alone makes no sense then.
pub(super) fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    let bytes = row.get_ref(column)?.as_bytes()?;
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

fn piece(kind: &str, id: &str, value: &str) -> Result<Piece, String> {
    let value: Value = serde_json::from_str(value).map_err(|error| error.to_string())?;
    let piece: Piece = serde_json::from_value(json!({"kind": kind, "value": value}))
        .map_err(|error| error.to_string())?;
    if key_of(piece.id()).1 != id {
        return Err("it holds another id".to_owned());
    }
    Ok(piece)
}

/// What lies in something that is not there can neither be shown nor edited.
fn leave_out_orphans(kept: &mut Kept) {
    let Arrangement {
        grids,
        cells,
        layers,
        regions: _,
    } = &mut kept.arrangement;
    let unreadable = &mut kept.unreadable;
    cells.retain(|id, cell| {
        let is_held = grids.contains_key(&cell.grid);
        if !is_held {
            unreadable.push(format!("cell {id}: its grid {} is missing", cell.grid));
        }
        is_held
    });
    layers.retain(|id, layer| {
        let is_held = cells.contains_key(&layer.cell);
        if !is_held {
            unreadable.push(format!("layer {id}: its cell {} is missing", layer.cell));
        }
        is_held
    });
}
