//! A rectangle of a grid: title, mark, figure, read-out.

use leptos::prelude::*;
use shared::id::CellId;
use shared::topology::CellGeometry;

use super::{
    CellFoot, CellNotice, CellReadings, Figure, FigureMenu, MarkChip, SliceBar, Watermark,
};
use crate::live::{Live, cell_title};

/// One cell with everything in it.
#[component]
pub fn CellView(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let cell = live.cells.signal(&id);
    let title = {
        let (live, cell) = (live.clone(), cell.clone());
        Memo::new(move |_| {
            let layers = live.layers_in(&id);
            cell.with(|it| {
                it.as_ref()
                    .map_or_else(String::new, |it| cell_title(it, &layers))
            })
        })
    };
    let class = Memo::new(move |_| {
        cell.with(|it| {
            it.as_ref()
                .map_or_else(String::new, |it| cell_class(it.geometry))
        })
    });
    let mark = Memo::new(move |_| live.mark_of(&id));
    let readout = RwSignal::new(String::new());
    let heading = format!("cell-{id}");
    view! {
        <article
            class=class
            aria-labelledby=heading.clone()
            data-testid="cell"
            data-cell=id.to_string()
            data-mark=move || mark.get().name()
        >
            <header class="cell-head">
                <h2 class="cell-title" id=heading.clone() data-testid="cell-title">
                    {move || title.get()}
                </h2>
                <MarkChip mark />
                <FigureMenu id />
            </header>
            <div class="cell-body">
                <CellReadings id />
                <Figure id title readout />
                <Watermark id />
                <CellNotice id />
            </div>
            <SliceBar id />
            <CellFoot id readout />
        </article>
    }
    .into_any()
}

/// Positions come as classes, since the page's policy forbids style attributes.
fn cell_class(geometry: CellGeometry) -> String {
    let CellGeometry {
        row,
        col,
        row_span,
        col_span,
    } = geometry;
    format!("cell r{} c{} h{row_span} w{col_span}", row + 1, col + 1)
}
