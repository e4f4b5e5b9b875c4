//! Work that would keep a thread from answering others, on threads of its own.

use axum::http::StatusCode;

use super::problem::Problem;

/// Does `work` on a thread that may be kept busy.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!("an answer could not be made: {error}");
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the answer could not be made; the server's log has the cause",
        )
    })
}
