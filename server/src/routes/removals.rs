//! `GET /grids/{id}/removal` and `GET /regions/{id}/removal`: what became of something that is not there any more.

use axum::extract::State;
use axum::response::Json;
use serde::de::DeserializeOwned;
use shared::topology::{PieceId, Removal};

use super::App;
use super::path::Path;
use super::problem::Problem;

/// Its last removal, as far as that is remembered.
pub(super) async fn show<I>(
    State(app): State<App>,
    Path(id): Path<I>,
) -> Result<Json<Removal>, Problem>
where
    I: Into<PieceId> + DeserializeOwned + Send,
{
    let id = id.into();
    app.topology.removal(id).map(Json).ok_or_else(|| {
        let kind = id.kind();
        Problem::not_found(format!(
            "no removal of this {kind} is known: it is there, never was, or was removed long ago or before the server started; GET /api/v1/{kind}s lists what exists"
        ))
    })
}
