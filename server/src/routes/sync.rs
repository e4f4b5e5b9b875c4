//! `POST /sync`: what changed since the caller's stamp, and the frames it does not hold.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use axum::body::Body as ResponseBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Json, Response};
use bytes::Bytes;
use futures_util::stream;
use serde::Deserialize;
use shared::id::GridId;
use shared::sync::codec::{MEDIA_TYPE, Packet};
use shared::sync::json::answer_to_json;
use shared::sync::message::{PROTOCOL, SyncRequest};
use std::convert::Infallible;

use super::App;
use super::body::Body;
use super::problem::Problem;
use crate::session::SessionError;

/// How long a call waits for pictures that are missing.
const REVEAL_WAIT: Duration = Duration::from_millis(50);

/// The one field that every version of the protocol has.
#[derive(Deserialize)]
struct ProtocolOnly {
    protocol: u32,
}

pub(super) async fn sync(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let request = read_request(&body)?;
    // Looking is registered before the state is read, so that no change falls between the two.
    look(&app, &request).await?;
    let state = app.committer.read();
    let packet = state.answer(&request, app.clock.now());
    app.telemetry.record_answer(&packet);
    if accepts_binary(&headers) {
        return Ok(binary(&packet));
    }
    let json = answer_to_json(&packet.answer, &state);
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(json)).into_response())
}

/// Registers what the session looks at, layers that it asks for beside its grid included, and has pictures made
/// that are missing.
pub(super) async fn look(app: &App, request: &SyncRequest) -> Result<(), SessionError> {
    let state = app.committer.read();
    let further = request
        .also
        .iter()
        .filter_map(|layer| state.grid_of(*layer));
    let grids: BTreeSet<GridId> = request.grid.into_iter().chain(further).collect();
    let grids: Vec<GridId> = grids.into_iter().collect();
    let newly_viewed = app
        .sessions
        .handle_sync(request.session, &grids, Instant::now())?;
    let wanted = state.wanted(request);
    app.frame_clock
        .reveal(&wanted, newly_viewed, REVEAL_WAIT)
        .await;
    Ok(())
}

impl From<SessionError> for Problem {
    fn from(error: SessionError) -> Self {
        let status = match error {
            SessionError::Full => StatusCode::SERVICE_UNAVAILABLE,
            SessionError::TooManyGrids => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, error.to_string())
    }
}

fn read_request(body: &Body) -> Result<SyncRequest, Problem> {
    let ProtocolOnly { protocol } = body.json()?;
    if protocol != PROTOCOL {
        return Err(Problem::new(
            StatusCode::UPGRADE_REQUIRED,
            format!("this server speaks protocol {PROTOCOL}, the page speaks {protocol}: reload the page"),
        )
        .with("protocol", PROTOCOL));
    }
    body.json()
}

fn accepts_binary(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains(MEDIA_TYPE))
}

/// Bodies go out by reference: every session that needs a frame shares its bytes.
fn binary(packet: &Packet) -> Response {
    let chunks = packet.chunks();
    let length: usize = chunks.iter().map(Bytes::len).sum();
    let body = ResponseBody::from_stream(stream::iter(chunks.into_iter().map(Ok::<_, Infallible>)));
    let headers = [
        (header::CONTENT_TYPE, MEDIA_TYPE.to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, body).into_response()
}
