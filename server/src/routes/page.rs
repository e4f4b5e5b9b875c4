//! The pages: rendered from one state, with a policy that runs our own code only.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::provide_context;
use leptos_axum::{
    LeptosRoutes as _, ResponseOptions, generate_route_list, render_app_to_stream_with_context,
};
use shared::id::{GridId, LayerId, SessionId};
use shared::plot::frame::{Frame, FrameBody};
use shared::sync::message::{PROTOCOL, SyncRequest};
use shared::sync::state::SharedState;
use tower_http::compression::CompressionLayer;

use super::App;
use super::assets::Assets;
use super::sync::look;

/// The routes of all pages.
pub(super) fn routes(app: App, assets: &Assets) -> Router {
    let names = assets.names().clone();
    let backend = app::BackendHandle::new(PageBackend(App::clone(&app)));
    let options = LeptosOptions::builder().output_name("app").build();
    let paths = generate_route_list(app::App);
    let context = move || {
        provide_context(names.clone());
        provide_context(backend.clone());
        restrict();
        refuse_unknown();
    };
    let elsewhere = render_app_to_stream_with_context(context.clone(), app::shell);
    Router::new()
        .leptos_routes_with_context(&options, paths, context, app::shell)
        .with_state(options)
        .fallback(elsewhere)
        .layer(axum::middleware::from_fn_with_state(app, look_at_grid))
        .layer(axum::middleware::from_fn(never_store))
        // A page is mostly its snapshot as JSON, which shrinks to a seventh.
        .layer(CompressionLayer::new())
}

/// Rendering a grid is a look at it, as long as it takes: without, a page that runs no script would show nothing
/// but waiting cells.
async fn look_at_grid(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let grid = path
        .strip_prefix("/grids/")
        .and_then(|id| id.parse::<GridId>().ok());
    let Some(grid) = grid else {
        return next.run(request).await;
    };
    let reader = SessionId::random();
    // Where there is no room for one session more, the page shows what others had computed.
    look(&app, &first_call(reader, Some(grid))).await.ok();
    let response = next.run(request).await;
    app.sessions.handle_closed(reader);
    response
}

/// A call that knows nothing.
fn first_call(session: SessionId, grid: Option<GridId>) -> SyncRequest {
    SyncRequest {
        protocol: PROTOCOL,
        session,
        name: None,
        known: None,
        grid,
        also: Vec::new(),
        have: Vec::new(),
        notices: None,
        budget_bytes: None,
    }
}

/// The policy of a page that got none of its own.
const NO_SCRIPTS: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The content security policy of the page being rendered.
fn restrict() {
    let (Some(response), Some(nonce)) = (
        leptos::prelude::use_context::<ResponseOptions>(),
        use_nonce(),
    ) else {
        return;
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Addresses that lead nowhere are answered with a page that says so, and with the status 404.
fn refuse_unknown() {
    let response = leptos::prelude::use_context::<ResponseOptions>();
    provide_context(app::OnNotFound::new(move || {
        if let Some(response) = &response {
            response.set_status(axum::http::StatusCode::NOT_FOUND);
        }
    }));
}

/// A page holds a snapshot: yesterday's would be taken for today's.
async fn never_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Whatever went wrong with the page's own policy, none is never the answer.
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(NO_SCRIPTS));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    response
}

struct PageBackend(App);

impl app::Backend for PageBackend {
    fn snapshot(&self) -> app::Snapshot {
        let state = self.0.committer.read();
        // A call that knows nothing and shows no grid: every object, no frame.
        let request = first_call(SessionId(uuid::Uuid::nil()), None);
        app::Snapshot {
            instrument: self.0.instrument.title.clone(),
            answer: state.answer(&request, self.0.clock.now()).answer,
            glances: glances(&state),
        }
    }
}

/// What can be said of each layer's newest frame in words.
fn glances(state: &SharedState) -> Vec<app::Glance> {
    let layers = state.objects().filter_map(|(id, _, _)| match id {
        shared::object::ObjectId::Layer(layer) => Some(*layer),
        _ => None,
    });
    layers
        .filter_map(|layer| Some(glance(layer, state.frames_of(layer)?.current()?.1.frame())))
        .collect()
}

fn glance(layer: LayerId, frame: &Frame) -> app::Glance {
    let reading = |name: &str, value: f64, unit: &shared::data::Unit| app::Reading {
        name: name.to_owned(),
        value: value.is_finite().then_some(value),
        unit: unit.symbol().to_owned(),
    };
    let readings = match &frame.body {
        FrameBody::Scalars(scalars) => scalars
            .entries
            .iter()
            .map(|e| reading(&e.name, e.value, &e.quantity.unit))
            .collect(),
        FrameBody::Curves(curves) => {
            let over_time = curves
                .series
                .iter()
                .filter(|s| matches!(s.x.values, shared::data::CoordValues::Times(_)));
            over_time
                .map(|s| {
                    reading(
                        &s.name,
                        s.y.get(s.y.len().wrapping_sub(1)),
                        &curves.quantity.unit,
                    )
                })
                .collect()
        }
        FrameBody::Image(_) | FrameBody::Volume(_) | FrameBody::Shapes(_) => Vec::new(),
    };
    app::Glance {
        layer,
        time: frame.time,
        readings,
    }
}
