//! `GET /pkg/{name}`: the client's files, which browsers may keep for ever.
//!
//! Their names, or folders, follow their content. Nothing is compressed and no disk is read here: everything is in memory
//! beforehand.

#[cfg(feature = "embed")]
mod embedded;
mod encoding;
mod site;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

pub use self::site::{Assets, AssetsError};
use super::accept::allows_encoding;
use super::path::Path;
use super::problem::Problem;

/// The names change with the content, so an answer never goes out of date.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The routes of the client's files.
pub fn routes(assets: Arc<Assets>) -> Router {
    Router::new()
        .route("/pkg/{*name}", get(serve_asset))
        .with_state(assets)
}

async fn serve_asset(
    State(assets): State<Arc<Assets>>,
    Path(name): Path<String>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let Some(asset) = assets.get(&name) else {
        return Err(Problem::not_found(format!(
            "this server's client has no file {name}: reload the page to get the current one"
        )));
    };
    let (encoding, bytes) = asset.best(|encoding| allows_encoding(&request, encoding.token()));
    let headers = [
        (header::CACHE_CONTROL, FOR_EVER),
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(asset.content_type()),
        ),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let mut response = (headers, bytes).into_response();
    if let Some(encoding) = encoding {
        let value = HeaderValue::from_static(encoding.token());
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, value);
    }
    Ok(response)
}
