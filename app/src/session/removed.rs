//! What the server remembers of what is gone.

use shared::topology::{PieceId, Removal};

use crate::browser::fetch;

/// What is known of a grid or a region that was removed; none where the server knows nothing, which it says by a refusal, or
/// cannot be asked.
pub(crate) async fn fetch_removal(id: PieceId) -> Option<Removal> {
    let address = match id {
        PieceId::Grid(id) => format!("/api/v1/grids/{id}/removal"),
        PieceId::Region(id) => format!("/api/v1/regions/{id}/removal"),
        PieceId::Cell(_) | PieceId::Layer(_) => return None,
    };
    fetch::get_json(&address).await.ok()
}
