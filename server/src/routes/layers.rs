//! `/layers/{id}/frames/{epoch}/{version}`: one immutable frame. `/layers/{id}/data`: the newest values for scripts.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use shared::id::LayerId;
use shared::sync::codec::FRAME_MEDIA_TYPE;
use shared::version::{Epoch, Revision};

use super::App;
use super::accept::{JSON, best_media_type};
use super::blocking::{ANSWERS, COMPUTATIONS, blocking};
use super::json::json;
use super::path::Path;
use super::problem::Problem;
use crate::plot::export::{self, arrow};

/// What a script may ask a layer's data as, beside JSON.
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
    let frame = frame.clone();
    let media_type = best_media_type(&headers, &[JSON, FRAME_MEDIA_TYPE]);
    let body = blocking(&ANSWERS, move || {
        if media_type == FRAME_MEDIA_TYPE {
            frame.whole().clone()
        } else {
            json(&**frame.frame())
        }
    });
    let immutable = "public, max-age=31536000, immutable";
    Ok(told(media_type, immutable, body.await?))
}

pub(super) async fn data(
    State(app): State<App>,
    Path(layer): Path<LayerId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let state = app.committer.read();
    if state.layer(layer).is_none() {
        return Err(unknown_layer(layer));
    }
    let media_type = best_media_type(&headers, &[JSON, CSV, arrow::MEDIA_TYPE]);
    let body = blocking(&COMPUTATIONS, move || {
        let inputs = app.plotting.inputs(&state, layer).map_err(conflict)?;
        Ok::<_, Problem>(match media_type {
            CSV => Bytes::from(export::csv(&inputs)),
            arrow::MEDIA_TYPE => Bytes::from(arrow::table(layer, &inputs).map_err(conflict)?),
            _ => json(&export::LayerData::new(layer, state.stamp(), &inputs)),
        })
    });
    let body = body.await??;
    Ok(told(media_type, "no-store", body))
}

/// The data are not such that this can be answered now.
fn conflict(error: impl std::error::Error) -> Problem {
    Problem::new(StatusCode::CONFLICT, error.to_string())
}

/// An answer that another caller may be given in another form.
fn told(media_type: &'static str, cache: &'static str, body: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, cache),
        (header::VARY, "accept"),
    ];
    (headers, body).into_response()
}

fn unknown_layer(layer: LayerId) -> Problem {
    Problem::not_found(format!(
        "there is no layer {layer}: GET /api/v1/grids lists those that exist"
    ))
}
