//! `POST /previews`: what a layer would show, before anybody adds it. Nothing of it is kept, so that nothing is left
//! behind by whoever turns away.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use shared::plot::{PREVIEW_MEDIA_TYPE, Preview};
use shared::sync::codec::encode_body;
use shared::topology::LayerConfig;

use super::App;
use super::accept::{JSON, best_media_type};
use super::blocking::{COMPUTATIONS, blocking};
use super::body::Body;
use super::json::json;
use super::problem::Problem;
use crate::plot::{LayerProblem, check_config};

pub(super) async fn preview(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let config: LayerConfig = body.json()?;
    let state = app.committer.read();
    let media_type = best_media_type(&headers, &[JSON, PREVIEW_MEDIA_TYPE]);
    let told = blocking(&COMPUTATIONS, move || {
        let preview = match check_config(&config, |id| state.workflow(id)) {
            Ok(()) => app.plotting.preview(&state, &config),
            Err(LayerProblem { field, reason }) => Preview::Refused { field, reason },
        };
        if media_type == JSON {
            json(&preview)
        } else {
            encode_body(&preview)
        }
    });
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, told.await?).into_response())
}
