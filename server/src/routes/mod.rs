//! What the server answers over HTTP. This file is the table of contents; each handler has a file.

mod accept;
pub mod assets;
mod blocking;
mod body;
mod conditions;
mod edits;
mod grid_files;
mod grids;
mod hosts;
mod json;
mod layers;
mod merge_patch;
mod metrics;
mod openapi;
mod page;
mod path;
mod pieces;
mod plotters;
mod previews;
mod problem;
mod regions;
mod removals;
mod route;
mod same_origin;
mod sessions;
mod status;
mod sync;
mod templates;
mod wake;
mod workflows;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use axum::{Router, middleware};
use shared::id::{CellId, GridId, LayerId, RegionId};

use self::assets::Assets;
pub use self::hosts::AllowedHosts;
use self::problem::Problem;
use self::route::Route;
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

/// For pages, scripts and tests alike; described by `openapi.json`, which a test holds against this list.
fn api_routes() -> [Route; 41] {
    [
        // Live state
        Route::post("/sync", sync::sync),
        Route::get("/wake", wake::wake),
        Route::delete("/sessions/{id}", sessions::end_session),
        Route::post("/sessions/{id}/end", sessions::end_session),
        Route::put("/sessions/{id}/editing", sessions::tell_editing),
        // What there is
        Route::get("/grids", grids::list_grids),
        Route::get("/workflows", workflows::list_workflows),
        Route::get("/status", status::show_status),
        Route::get("/openapi.json", openapi::openapi),
        // One layer
        Route::get("/layers/{id}/data", layers::data),
        Route::get("/layers/{id}/frames/{epoch}/{version}", layers::frame),
        // Arranging
        Route::post("/topology", edits::edit),
        Route::get("/grids/{id}", pieces::show::<GridId>),
        Route::put("/grids/{id}", pieces::put::<GridId>),
        Route::patch("/grids/{id}", pieces::patch::<GridId>),
        Route::delete("/grids/{id}", pieces::remove::<GridId>),
        Route::get("/grids/{id}/removal", removals::show::<GridId>),
        Route::get("/cells/{id}", pieces::show::<CellId>),
        Route::put("/cells/{id}", pieces::put::<CellId>),
        Route::patch("/cells/{id}", pieces::patch::<CellId>),
        Route::delete("/cells/{id}", pieces::remove::<CellId>),
        Route::get("/layers/{id}", pieces::show::<LayerId>),
        Route::put("/layers/{id}", pieces::put::<LayerId>),
        Route::patch("/layers/{id}", pieces::patch::<LayerId>),
        Route::delete("/layers/{id}", pieces::remove::<LayerId>),
        Route::get("/plotters", plotters::list_plotters),
        Route::post("/previews", previews::preview),
        // Regions of interest
        Route::get("/regions", regions::list_regions),
        Route::get("/regions/{id}", pieces::show::<RegionId>),
        Route::put("/regions/{id}", pieces::put::<RegionId>),
        Route::delete("/regions/{id}", pieces::remove::<RegionId>),
        Route::get("/regions/{id}/removal", removals::show::<RegionId>),
        // Grids as documents
        Route::get("/grids/{id}/yaml", grid_files::one_grid),
        Route::get("/topology/yaml", grid_files::all_grids),
        Route::post("/drafts", grid_files::read_drafts),
        Route::get("/templates", templates::list_templates),
        Route::post("/templates", templates::restore_template),
        Route::put("/templates/{id}", templates::keep_template),
        Route::delete("/templates/{id}", templates::remove_template),
        // Commands
        Route::post(
            "/workflows/{instrument}/{name}/{version}/start",
            workflows::start_workflow,
        ),
        Route::post(
            "/workflows/{instrument}/{name}/{version}/stop",
            workflows::stop_workflow,
        ),
    ]
}

fn api() -> Router<App> {
    api_routes()
        .into_iter()
        .fold(Router::new(), |router, route| {
            router.route(route.path, route.handler)
        })
        .fallback(unknown_address)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(body::MAX_BODY_BYTES))
        .layer(middleware::from_fn(same_origin::require_same_origin))
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
