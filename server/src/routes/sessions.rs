//! `/sessions/{id}`: what a session tells of itself, and its end, so that nothing is computed any more for a page that
//! was closed.

use axum::extract::State;
use axum::http::StatusCode;
use shared::id::SessionId;
use shared::presence::Editing;

use super::App;
use super::body::Body;
use super::path::Path;
use super::problem::Problem;

/// Ends the look of a session, whether it is known or not. Closing pages can send this as a beacon.
pub(super) async fn end_session(State(app): State<App>, Path(id): Path<SessionId>) -> StatusCode {
    app.sessions.handle_closed(id);
    StatusCode::NO_CONTENT
}

/// Tells which cell a session changes, so that others see it. Telemetry: it changes no state and is forgotten with the
/// session.
pub(super) async fn tell_editing(
    State(app): State<App>,
    Path(id): Path<SessionId>,
    body: Body,
) -> Result<StatusCode, Problem> {
    let Editing { cell } = body.json()?;
    app.sessions.handle_editing(id, cell);
    Ok(StatusCode::NO_CONTENT)
}
