//! What the server remembers of what is gone.

use std::fmt::Display;

use shared::id::{GridId, RegionId};
use shared::topology::Removal;

use crate::browser::fetch;

/// What is known of a grid that was removed.
pub(crate) async fn fetch_grid_removal(id: GridId) -> Option<Removal> {
    fetch_removal("grids", id).await
}

/// What is known of a region that was removed.
pub(crate) async fn fetch_region_removal(id: RegionId) -> Option<Removal> {
    fetch_removal("regions", id).await
}

/// None where the server knows nothing, which it says by a refusal, or cannot be asked.
async fn fetch_removal(kind: &str, id: impl Display) -> Option<Removal> {
    let address = format!("/api/v1/{kind}/{id}/removal");
    fetch::get_json(&address).await.ok()
}
