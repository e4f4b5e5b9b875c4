//! What one edit changes: each piece as it was and as it shall be.

use std::collections::BTreeMap;

use shared::topology::{Arrangement, Misfit, Piece, PieceId, Step};
use shared::version::Stamp;

/// The versions that a page has seen of pieces.
pub type Seen = BTreeMap<PieceId, Stamp>;

/// The pieces of an edit, before and after; none where one does not exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(BTreeMap<PieceId, (Option<Piece>, Option<Piece>)>);

impl Changes {
    /// What `edit` makes of `before`; refused by the rules that the server keeps, too.
    pub fn of(before: &Arrangement, edit: impl FnOnce(&mut Arrangement)) -> Result<Self, Misfit> {
        let mut after = before.clone();
        edit(&mut after);
        after.check(before)?;
        let put = after.changed_since(before).into_iter().map(|piece| {
            let id = piece.id();
            (id, (before.piece(id), Some(piece)))
        });
        let gone = after.gone_since(before).into_iter();
        let gone = gone.map(|id| (id, (before.piece(id), None)));
        Ok(Self(put.chain(gone).collect()))
    }

    /// True when nothing would change.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These changes and then `later` ones of the same pieces, as one.
    pub fn then(self, later: Self) -> Self {
        let mut pieces = self.0;
        for (id, (before, after)) in later.0 {
            let first = pieces.remove(&id).map_or(before, |(first, _)| first);
            pieces.insert(id, (first, after));
        }
        pieces.retain(|_, (before, after)| before != after);
        Self(pieces)
    }

    /// The pieces concerned.
    pub fn pieces(&self) -> impl Iterator<Item = PieceId> {
        self.0.keys().copied()
    }

    /// Each piece concerned, before and after.
    pub(super) fn iter(&self) -> impl Iterator<Item = (PieceId, Option<&Piece>, Option<&Piece>)> {
        let pieces = self.0.iter();
        pieces.map(|(id, (before, after))| (*id, before.as_ref(), after.as_ref()))
    }

    /// The way back.
    pub fn reversed(&self) -> Self {
        let pieces = self.0.iter();
        Self(
            pieces
                .map(|(id, (before, after))| (*id, (after.clone(), before.clone())))
                .collect(),
        )
    }

    /// The same, with regions changed by `name`.
    pub fn by(mut self, name: &str) -> Self {
        for (_, after) in self.0.values_mut() {
            if let Some(Piece::Region(region)) = after {
                name.clone_into(&mut region.changed_by);
            }
        }
        self
    }

    /// What would go along that these changes do not name: somebody else put it there.
    pub fn taken_along(&self, arrangement: &Arrangement) -> impl Iterator<Item = PieceId> {
        let going = self.iter().filter(|(.., after)| after.is_none());
        let held = going.flat_map(|(id, ..)| arrangement.descendants(id));
        held.filter(|id| !self.0.contains_key(id))
    }

    /// True when everything is as these changes expect it before they happen.
    pub fn fit(&self, now: &Arrangement) -> bool {
        let mut pieces = self.0.iter();
        pieces.all(|(id, (before, _))| now.piece(*id) == *before)
    }

    /// True when somebody drew a region again that these changes would bring back.
    pub fn would_draw_over(&self, now: &Arrangement) -> bool {
        let mut pieces = self.0.iter();
        pieces.any(|(id, (before, after))| {
            let comes_back = before.is_none() && matches!(after, Some(Piece::Region(_)));
            comes_back && now.piece(*id).is_some()
        })
    }

    /// The steps to send, based on the versions in `seen`. What goes with its holder is not named; nothing in it that is
    /// newer than `as_of` is taken along.
    pub fn steps(&self, seen: &Seen, as_of: Option<Stamp>) -> Vec<Step> {
        let step = |(id, (before, after)): (&PieceId, &(Option<Piece>, Option<Piece>))| {
            let based_on = seen.get(id).copied();
            match (before, after) {
                (_, Some(piece)) => Some(Step::Put {
                    piece: piece.clone(),
                    // What does not exist has no version, whatever was seen before it went.
                    based_on: based_on.filter(|_| before.is_some()),
                }),
                (Some(Piece::Region(_)), None) => Some(Step::Remove {
                    piece: *id,
                    based_on,
                    as_of: None,
                }),
                (Some(piece), None) if !self.goes(holder(piece)) => Some(Step::Remove {
                    piece: *id,
                    based_on: Some(based_on?),
                    as_of,
                }),
                _ => None,
            }
        };
        self.0.iter().filter_map(step).collect()
    }

    fn goes(&self, holder: Option<PieceId>) -> bool {
        holder
            .and_then(|id| self.0.get(&id))
            .is_some_and(|(_, after)| after.is_none())
    }
}

/// What holds a piece.
fn holder(piece: &Piece) -> Option<PieceId> {
    match piece {
        Piece::Grid(_) | Piece::Region(_) => None,
        Piece::Cell(cell) => Some(PieceId::Grid(cell.grid)),
        Piece::Layer(layer) => Some(PieceId::Cell(layer.cell)),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use shared::data::Unit;
    use shared::id::{CellId, GridId, LayerId, RegionId};
    use shared::plot::Area;
    use shared::region::Region;
    use shared::topology::{Cell, CellGeometry, Grid, JsonText, Layer, LayerConfig};
    use shared::version::{Epoch, Revision};
    use uuid::Uuid;

    use super::*;

    pub(crate) fn stamp(revision: u64) -> Stamp {
        Stamp {
            epoch: Epoch(Uuid::nil()),
            revision: Revision(revision),
        }
    }

    /// A grid of 2 × 2 with one cell at its first place, which holds one layer.
    pub(crate) fn arranged() -> Arrangement {
        let mut arrangement = Arrangement::default();
        let (grid, cell) = (GridId::derived("g"), CellId::derived("c"));
        arrangement.put(Piece::Grid(Grid {
            id: grid,
            title: "G".to_owned(),
            nrows: 2,
            ncols: 2,
            enabled: true,
            order: 0,
        }));
        arrangement.put(Piece::Cell(Cell {
            id: cell,
            grid,
            geometry: CellGeometry {
                row: 0,
                col: 0,
                row_span: 1,
                col_span: 1,
            },
            title: None,
        }));
        arrangement.put(Piece::Layer(Layer {
            id: LayerId::derived("l"),
            cell,
            order: 0,
            title: "L".to_owned(),
            config: LayerConfig {
                plotter: "lines".to_owned(),
                sources: BTreeMap::new(),
                params: JsonText::empty(),
            },
            hidden: false,
        }));
        arrangement
    }

    pub(crate) fn seen(arrangement: &Arrangement, revision: u64) -> Seen {
        let changes = Changes::of(&Arrangement::default(), |it| *it = arrangement.clone());
        let pieces = changes.expect("good").pieces().collect::<Vec<_>>();
        pieces.into_iter().map(|id| (id, stamp(revision))).collect()
    }

    #[test]
    fn what_a_removed_grid_held_goes_with_it_and_comes_back_with_it() {
        let before = arranged();
        let grid = PieceId::Grid(GridId::derived("g"));
        let changes = Changes::of(&before, |it| it.remove(grid)).expect("good");
        let steps = changes.steps(&seen(&before, 7), Some(stamp(9)));
        let expected = [Step::Remove {
            piece: grid,
            based_on: Some(stamp(7)),
            as_of: Some(stamp(9)),
        }];
        assert_eq!(steps, expected);
        let back = changes.reversed().steps(&seen(&before, 7), None);
        let creates = |step: &Step| matches!(step, Step::Put { based_on: None, .. });
        assert_eq!((back.len(), back.iter().all(creates)), (3, true));
    }

    #[test]
    fn changes_that_follow_each_other_are_one_and_back_again_is_none() {
        let mut arrangement = arranged();
        let cell = CellId::derived("c");
        let mut place = |row, col| {
            let before = arrangement.clone();
            let geometry = &mut arrangement.cells.get_mut(&cell).expect("there").geometry;
            (geometry.row, geometry.col) = (row, col);
            Changes::of(&before, |it| *it = arrangement.clone()).expect("free")
        };
        let (down, right, back) = (place(1, 0), place(1, 1), place(0, 0));
        let moved = down.then(right);
        let expected = Changes::of(&arranged(), |it| {
            let geometry = &mut it.cells.get_mut(&cell).expect("there").geometry;
            (geometry.row, geometry.col) = (1, 1);
        });
        assert_eq!(moved, expected.expect("free"));
        assert!(moved.then(back).is_empty());
    }

    #[test]
    fn what_somebody_else_added_is_noticed() {
        let before = arranged();
        let cell = PieceId::Cell(CellId::derived("c"));
        let changes = Changes::of(&before, |it| it.remove(cell)).expect("good");
        assert_eq!(changes.taken_along(&before).count(), 0);
        let mut later = before.clone();
        let mut layer = later.layers[&LayerId::derived("l")].clone();
        layer.id = LayerId::derived("theirs");
        let theirs = PieceId::from(layer.id);
        later.put(Piece::Layer(layer));
        assert_eq!(changes.taken_along(&later).collect::<Vec<_>>(), [theirs]);
    }

    #[test]
    fn a_change_is_based_on_the_version_seen_and_a_bad_one_is_refused() {
        let before = arranged();
        let cell = CellId::derived("c");
        let move_to = |row| {
            Changes::of(&before, |it| {
                it.cells.get_mut(&cell).expect("there").geometry.row = row;
            })
        };
        let steps = move_to(1).expect("free").steps(&seen(&before, 3), None);
        let based =
            |step: &Step| matches!(step, Step::Put { based_on, .. } if *based_on == Some(stamp(3)));
        assert_eq!((steps.len(), steps.iter().all(based)), (1, true));
        assert!(move_to(0).expect("as it is").is_empty());
        assert!(move_to(2).is_err(), "outside of the grid");
    }

    #[test]
    fn what_is_as_it_was_left_fits_and_a_region_that_is_there_is_not_drawn_over() {
        let before = arranged();
        let cell = CellId::derived("c");
        let moved = Changes::of(&before, |it| {
            it.cells.get_mut(&cell).expect("there").geometry.row = 1;
        });
        let moved = moved.expect("free");
        assert!(moved.fit(&before) && !moved.reversed().fit(&before));

        let region = Region {
            id: RegionId::derived("r"),
            workflow: "dummy/w/1".parse().expect("a workflow"),
            source: "panel".to_owned(),
            name: "Peak".to_owned(),
            colour: 0,
            area: Area::Rectangle {
                x: [0.0, 1.0],
                y: [0.0, 1.0],
            },
            units: [Unit::dimensionless(), Unit::dimensionless()],
            changed_by: String::new(),
        };
        let drawn = Piece::Region(region);
        let draws = Changes::of(&before, |it| it.put(drawn.clone())).expect("good");
        assert!(!draws.would_draw_over(&before));
        let mut theirs = before.clone();
        theirs.put(drawn);
        assert!(draws.would_draw_over(&theirs) && !moved.would_draw_over(&theirs));
    }
}
