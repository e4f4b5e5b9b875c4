//! `/sessions/{id}`: the end of a session, so that nothing is computed any more for a page that was closed.

use axum::extract::State;
use axum::http::StatusCode;
use shared::id::SessionId;

use super::App;
use super::path::Path;

/// Ends the look of a session, whether it is known or not. Closing pages can send this as a beacon.
pub(super) async fn end_session(State(app): State<App>, Path(id): Path<SessionId>) -> StatusCode {
    app.sessions.handle_closed(id);
    StatusCode::NO_CONTENT
}
