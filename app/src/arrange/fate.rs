//! What others did to a layer while a form about it was open.

use shared::topology::{Arrangement, Cell, CellGeometry, Layer, Piece};

use super::Dialog;
use super::race::{told_changes, who};

/// What became of a layer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fate {
    /// It is as the form was opened with it, or the form is about no layer that was there.
    Same,
    /// Somebody changed it.
    Changed {
        /// In words.
        did: String,
        /// What it is now.
        now: Box<Layer>,
    },
    /// Somebody removed it; it can be added again by what this dialog does.
    Gone(Dialog),
    /// Somebody removed it with its plot, and there is no place for one.
    Homeless,
    /// Somebody removed the grid that it was on.
    Gridless,
}

impl Fate {
    /// The fate of the layer `opened`, which was in the cell `was_in`.
    pub(crate) fn of(opened: Option<&Layer>, was_in: Option<&Cell>, now: &Arrangement) -> Self {
        let Some(opened) = opened else {
            return Self::Same;
        };
        match now.layers.get(&opened.id) {
            Some(layer) if layer == opened => Self::Same,
            Some(layer) => Self::Changed {
                did: told_changes(&Piece::Layer(opened.clone()), &Piece::Layer(layer.clone())),
                now: Box::new(layer.clone()),
            },
            None if was_in.is_some_and(|it| !now.grids.contains_key(&it.grid)) => Self::Gridless,
            None => {
                let again = was_in.and_then(|it| place_again(now, it));
                again.map_or(Self::Homeless, Self::Gone)
            }
        }
    }

    /// What the one who filled the form in is to know before it is sent again; `by` is what the other one is called,
    /// where that is known.
    pub(crate) fn told(&self, by: &str) -> Option<String> {
        let who = who(by);
        let told = match self {
            Self::Same => return None,
            Self::Changed { did, .. } => format!(
                "{who} {did} while this form was open. Save again to overwrite that, or cancel to keep it."
            ),
            Self::Gone(_) => format!(
                "{who} removed this layer while this form was open. Add it again, or cancel to leave it removed."
            ),
            Self::Homeless => format!(
                "{who} removed this plot while this form was open, and there is no place for it: give the grid another \
                 row or column, then save again."
            ),
            Self::Gridless => format!(
                "{who} removed this grid while this form was open. Whoever did can take that back: save again then. Or \
                 cancel, and add the plot to another grid."
            ),
        };
        Some(told)
    }
}

/// Where a layer can be again that was in this cell: in it, else in its place or a free one.
fn place_again(arrangement: &Arrangement, cell: &Cell) -> Option<Dialog> {
    if arrangement.cells.contains_key(&cell.id) {
        return Some(Dialog::AddLayer(cell.id));
    }
    let CellGeometry {
        row_span, col_span, ..
    } = cell.geometry;
    let place = if arrangement.is_free(cell.grid, cell.geometry, None) {
        Some(cell.geometry)
    } else {
        let same = arrangement.first_free(cell.grid, row_span, col_span);
        same.or_else(|| arrangement.first_free(cell.grid, 1, 1))
    };
    Some(Dialog::AddPlot(cell.grid, place?))
}

#[cfg(test)]
mod tests {
    use shared::id::{CellId, LayerId};

    use super::super::changes::tests::arranged;
    use super::*;

    #[test]
    fn a_layer_comes_back_to_its_cell_or_to_the_place_of_that() {
        let before = arranged();
        let layer = &before.layers[&LayerId::derived("l")];
        let cell = &before.cells[&CellId::derived("c")];
        let fate = |now: &Arrangement| Fate::of(Some(layer), Some(cell), now);
        assert_eq!(fate(&before), Fate::Same);
        assert_eq!(fate(&before).told("Anna"), None);

        let mut now = before.clone();
        now.layers.get_mut(&layer.id).expect("there").hidden = true;
        assert!(matches!(fate(&now), Fate::Changed { now, .. } if now.hidden));
        let told = fate(&now).told("Anna").expect("it was changed");
        assert!(told.starts_with("Anna hid this layer while"), "{told}");
        now.remove(layer.id.into());
        assert_eq!(fate(&now), Fate::Gone(Dialog::AddLayer(cell.id)));
        now.remove(cell.id.into());
        let in_its_place = Dialog::AddPlot(cell.grid, cell.geometry);
        assert_eq!(fate(&now), Fate::Gone(in_its_place));

        let mut theirs = cell.clone();
        theirs.id = CellId::derived("theirs");
        now.cells.insert(theirs.id, theirs.clone());
        let beside = CellGeometry {
            col: 1,
            ..cell.geometry
        };
        assert_eq!(fate(&now), Fate::Gone(Dialog::AddPlot(cell.grid, beside)));
        theirs.geometry = CellGeometry {
            row_span: 2,
            col_span: 2,
            ..cell.geometry
        };
        now.cells.insert(theirs.id, theirs);
        assert_eq!(fate(&now), Fate::Homeless);
        now.remove(cell.grid.into());
        assert_eq!(fate(&now), Fate::Gridless);
    }
}
