//! The description of the interface, for people and generators.

use axum::http::header;
use axum::response::IntoResponse;

/// Written by hand; a test holds it against the router.
const DOCUMENT: &str = include_str!("openapi.json");

pub(super) async fn openapi() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT)
}
