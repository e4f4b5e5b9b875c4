//! `POST /sync`: what changed since the caller's stamp, and the frames it does not hold.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body as ResponseBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use futures_util::stream;
use serde::Deserialize;
use shared::id::{GridId, LayerId};
use shared::sync::codec::{MEDIA_TYPE, Packet};
use shared::sync::json::JsonAnswer;
use shared::sync::message::{PROTOCOL, SyncRequest};
use shared::sync::state::SharedState;
use shared::time::TimeNs;

use super::App;
use super::accept::{JSON, best_media_type};
use super::blocking::{ANSWERS, blocking};
use super::body::Body;
use super::json::json;
use super::problem::Problem;
use crate::session::{Look, SessionError};

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
    let now = app.clock.now();
    if best_media_type(&headers, &[JSON, MEDIA_TYPE]) == JSON {
        return answer_as_json(app, state, request, now).await;
    }
    // Frames that everybody needs whole are encoded by the tick; those that only a newcomer needs, here.
    let packet = if state.needs_encoding(&request) {
        blocking(&ANSWERS, move || state.answer(&request, now)).await?
    } else {
        state.answer(&request, now)
    };
    app.telemetry.record_answer(&packet);
    Ok(binary(&packet))
}

async fn answer_as_json(
    app: App,
    state: Arc<SharedState>,
    request: SyncRequest,
    now: TimeNs,
) -> Result<Response, Problem> {
    let text = blocking(&ANSWERS, move || {
        let answer = state.answer_without_bodies(&request, now);
        let text = json(&JsonAnswer::new(&answer, &state));
        let bodies = Vec::new();
        app.telemetry.record_answer(&Packet { answer, bodies });
        text
    });
    let headers = [
        (header::CONTENT_TYPE, JSON),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text.await?).into_response())
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
    // Only hidden layers need to be asked for by name: looking at a grid is looking at the others.
    let asked: BTreeSet<LayerId> = request
        .also
        .iter()
        .copied()
        .filter(|layer| state.is_hidden(*layer))
        .collect();
    let asked: Vec<LayerId> = asked.into_iter().collect();
    let look = Look {
        grids: &grids,
        asked: &asked,
        name: request.name.as_deref(),
    };
    let newly_viewed = app
        .sessions
        .handle_sync(request.session, look, Instant::now())?;
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
            SessionError::TooManyGrids | SessionError::Name => StatusCode::UNPROCESSABLE_ENTITY,
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
