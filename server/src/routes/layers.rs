//! `/layers/{id}/frames/{epoch}/{version}`: one immutable frame. `/layers/{id}/data`: the newest values for scripts.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Json, Response};
use shared::id::LayerId;
use shared::object::ObjectId;
use shared::sync::codec::MEDIA_TYPE;
use shared::version::{Epoch, Revision};

use super::App;
use super::problem::Problem;
use crate::plot::export;

/// What a script may ask a layer's data as.
const CSV: &str = "text/csv";

pub(super) async fn frame(
    State(app): State<App>,
    Path((layer, epoch, version)): Path<(LayerId, Epoch, Revision)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let state = app.committer.read();
    if state.stamp().epoch != epoch {
        return Err(Problem::gone(
            "this frame is of an earlier run of the server, which kept none",
        ));
    }
    let frame = state
        .frames_of(layer)
        .ok_or_else(|| unknown_layer(layer))?
        .at(version)
        .ok_or_else(|| {
            Problem::gone("only the newest few frames of a layer are kept: ask sync for the newest")
        })?;
    let immutable = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    if accepts(&headers, MEDIA_TYPE) {
        let content_type = (header::CONTENT_TYPE, MEDIA_TYPE);
        return Ok(([immutable, content_type], frame.whole().clone()).into_response());
    }
    Ok(([immutable], Json(&**frame.frame())).into_response())
}

pub(super) async fn data(
    State(app): State<App>,
    Path(layer): Path<LayerId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let stamp = app.committer.read().stamp();
    if app
        .committer
        .read()
        .object(&ObjectId::Layer(layer))
        .is_none()
    {
        return Err(unknown_layer(layer));
    }
    let inputs = app
        .plotting
        .inputs(layer)
        .map_err(|error| Problem::new(StatusCode::CONFLICT, error.to_string()))?;
    let no_store = (header::CACHE_CONTROL, "no-store");
    if accepts(&headers, CSV) {
        let content_type = (header::CONTENT_TYPE, CSV);
        return Ok(([no_store, content_type], export::csv(&inputs)).into_response());
    }
    Ok(([no_store], Json(export::json(layer, stamp, &inputs))).into_response())
}

fn accepts(headers: &HeaderMap, media_type: &str) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains(media_type))
}

fn unknown_layer(layer: LayerId) -> Problem {
    Problem::not_found(format!(
        "there is no layer {layer}: GET /api/v1/grids lists those that exist"
    ))
}
