//! Where something lies in its grid.

use shared::topology::CellGeometry;

/// Positions come as classes, since the page's policy forbids style attributes.
pub(crate) fn place_class(geometry: CellGeometry) -> String {
    let CellGeometry {
        row,
        col,
        row_span,
        col_span,
    } = geometry;
    format!("r{} c{} h{row_span} w{col_span}", row + 1, col + 1)
}
