//! `/layers/{id}/frames/{epoch}/{version}`: one immutable frame. `/layers/{id}/data`: the newest values for scripts.

use axum::extract::{RawQuery, State};
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

/// What of a layer is asked for.
#[derive(Clone, Copy, Debug)]
enum Content {
    /// What its cell shows.
    Shown,
    /// What that is computed from.
    Inputs,
}

impl Content {
    fn asked_by(query: &str) -> Result<Self, Problem> {
        let mut asked = Self::Shown;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            asked = match (&*name, &*value) {
                ("what", "shown") => Self::Shown,
                ("what", "inputs") => Self::Inputs,
                ("what", other) => {
                    return Err(Problem::bad_request(format!(
                        "what is {other:?}: use shown, which is what the cell shows, or inputs, which that is computed from"
                    )));
                }
                (other, _) => {
                    return Err(Problem::bad_request(format!(
                        "unknown parameter {other:?}: only what is known"
                    )));
                }
            };
        }
        Ok(asked)
    }
}

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
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let content = Content::asked_by(query.as_deref().unwrap_or_default())?;
    let state = app.committer.read();
    let Some(described) = state.layer(layer).cloned() else {
        return Err(unknown_layer(layer));
    };
    let media_type = best_media_type(&headers, &[JSON, CSV, arrow::MEDIA_TYPE]);
    let body = blocking(&COMPUTATIONS, move || {
        let arrays = match content {
            Content::Shown => {
                let frame = app.plotting.picture(&state, layer).map_err(conflict)?;
                export::shown(&described, &frame)
            }
            Content::Inputs => app.plotting.inputs(&state, layer).map_err(conflict)?,
        };
        Ok::<_, Problem>(match media_type {
            CSV => Bytes::from(export::csv(&arrays)),
            arrow::MEDIA_TYPE => Bytes::from(arrow::table(layer, &arrays).map_err(conflict)?),
            _ => json(&export::LayerData::new(layer, state.stamp(), &arrays)),
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
