//! A grid that does not exist yet, in small: which plots it would have, and where.

use leptos::prelude::*;
use shared::topology::{Cell, CellGeometry, GridDraft, Layer, Piece};

use super::place_class;

/// The places of a draft with their titles.
#[component]
pub(crate) fn GridSketch(
    /// The grid.
    draft: GridDraft,
) -> impl IntoView {
    let title = draft.grid().map_or_else(String::new, |it| it.title.clone());
    let (rows, cols) = draft.grid().map_or((1, 1), |it| (it.nrows, it.ncols));
    let places = (0..rows).flat_map(|row| (0..cols).map(move |col| (row, col)));
    let places = places.map(|place| {
        let class = place_class(CellGeometry::between(place, place));
        view! { <span class=format!("sketch-free {class}")></span> }
    });
    let places = places.collect_view();
    let cells = draft.pieces.iter().filter_map(|piece| match piece {
        Piece::Cell(cell) => Some(view! {
            <span class=format!("sketch-cell {}", place_class(cell.geometry))>
                {cell.full_title(&layers_of(&draft, cell))}
            </span>
        }),
        _ => None,
    });
    let cells = cells.collect_view();
    view! {
        <figure class="sketch" data-testid="grid-sketch">
            <figcaption class="form-text">{title}</figcaption>
            <div class=format!("sketch-places cols-{cols}")>{places} {cells}</div>
        </figure>
    }
    .into_any()
}

fn layers_of(draft: &GridDraft, cell: &Cell) -> Vec<Layer> {
    let layers = draft.pieces.iter().filter_map(|piece| match piece {
        Piece::Layer(layer) if layer.cell == cell.id => Some(layer.clone()),
        _ => None,
    });
    layers.collect()
}
