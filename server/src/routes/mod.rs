//! What the server answers over HTTP. This file is the table of contents; each handler has a file.

mod accept;
pub mod assets;
mod blocking;
mod body;
mod conditions;
mod edits;
mod grids;
mod hosts;
mod layers;
mod metrics;
mod openapi;
mod page;
mod path;
mod pieces;
mod plotters;
mod problem;
mod same_origin;
mod sessions;
mod status;
mod sync;
mod wake;
mod workflows;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::{MethodRouter, delete, get, post};
use axum::{Router, middleware};
use serde::de::DeserializeOwned;
use shared::id::{CellId, GridId, LayerId};
use shared::topology::PieceId;

use self::assets::Assets;
pub use self::hosts::AllowedHosts;
use self::problem::Problem;
use crate::services::DashboardServices;

/// What handlers share.
type App = Arc<DashboardServices>;

/// All routes, on services that are wired. The interface and the pages answer to the names in `hosts` alone.
pub fn build_router(
    services: Arc<DashboardServices>,
    assets: Arc<Assets>,
    hosts: AllowedHosts,
) -> Router {
    let known_host = middleware::from_fn_with_state(Arc::new(hosts), hosts::require_known_host);
    let pages = page::routes(Arc::clone(&services), &assets);
    Router::new()
        .nest("/api/v1", api().layer(known_host.clone()))
        .route("/healthz", get(status::healthz))
        .route("/readyz", get(status::readyz))
        .route("/metrics", get(metrics::metrics))
        .with_state(services)
        .merge(assets::routes(assets))
        .merge(pages.layer(known_host))
        .layer(middleware::map_response(forbid_sniffing))
}

/// Browsers take every answer for what it says it is.
async fn forbid_sniffing(mut response: Response) -> Response {
    let nosniff = HeaderValue::from_static("nosniff");
    response
        .headers_mut()
        .insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    response
}

/// For pages, scripts and tests alike; described by `openapi.json`.
fn api() -> Router<App> {
    Router::new()
        // Live state
        .route("/sync", post(sync::sync))
        .route("/wake", get(wake::wake))
        .route("/sessions/{id}", delete(sessions::end_session))
        .route("/sessions/{id}/end", post(sessions::end_session))
        // What there is
        .route("/grids", get(grids::list_grids))
        .route("/workflows", get(workflows::list_workflows))
        .route("/status", get(status::show_status))
        .route("/openapi.json", get(openapi::openapi))
        // One layer
        .route("/layers/{id}/data", get(layers::data))
        .route("/layers/{id}/frames/{epoch}/{version}", get(layers::frame))
        // Arranging
        .route("/topology", post(edits::edit))
        .route("/grids/{id}", piece_routes::<GridId>())
        .route("/cells/{id}", piece_routes::<CellId>())
        .route("/layers/{id}", piece_routes::<LayerId>())
        .route("/plotters", get(plotters::list_plotters))
        // Commands
        .route(
            "/workflows/{instrument}/{name}/{version}/start",
            post(workflows::start_workflow),
        )
        .route(
            "/workflows/{instrument}/{name}/{version}/stop",
            post(workflows::stop_workflow),
        )
        .fallback(unknown_address)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(body::MAX_BODY_BYTES))
        .layer(middleware::from_fn(same_origin::require_same_origin))
}

/// One piece of what is arranged, by its id.
fn piece_routes<I>() -> MethodRouter<App>
where
    I: Into<PieceId> + DeserializeOwned + Send + 'static,
{
    get(pieces::show::<I>)
        .put(pieces::put::<I>)
        .delete(pieces::remove::<I>)
}

async fn unknown_address(request: Request) -> Problem {
    Problem::not_found(format!(
        "there is nothing at {}: see /api/v1/openapi.json",
        request.uri().path()
    ))
}

async fn wrong_method(request: Request) -> Problem {
    let (method, path) = (request.method(), request.uri().path());
    Problem::new(
        axum::http::StatusCode::METHOD_NOT_ALLOWED,
        format!("{path} does not take {method}: see /api/v1/openapi.json"),
    )
}
