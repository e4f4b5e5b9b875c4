//! What the server remembers of grids that are gone.

use shared::id::GridId;
use shared::topology::RemovedGrid;

use crate::browser::fetch;

/// What is known of a grid that was removed; none where the server knows nothing, which it says by a refusal, or cannot be
/// asked.
pub(crate) async fn fetch_removed_grid(id: GridId) -> Option<RemovedGrid> {
    let address = format!("/api/v1/grids/{id}/removal");
    fetch::get_json(&address).await.ok()
}
