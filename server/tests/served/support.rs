//! A server without sockets: real services fed with messages of ours, asked through the router.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use server::clock::Clock;
use server::ingest::{Intake, Source, SourceError, StopToken};
use server::instrument;
use server::routes::assets::Assets;
use server::routes::{AllowedHosts, build_router};
use server::services::{DashboardServices, ServicesConfig};
use server::store::Store;
use server::wire::FlatBufferBuilder;
use server::wire::ev44::{self, Ev44Parts};
use shared::id::{GridId, LayerId, SessionId};
use shared::sync::message::PROTOCOL;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// A running server of the dummy instrument, without any source.
pub(super) struct Server {
    pub(super) services: Arc<DashboardServices>,
    pub(super) router: Router,
    _site: TempDir,
}

impl Server {
    pub(super) fn start() -> Self {
        Self::start_on(Store::in_memory())
    }

    /// The same with what `store` keeps.
    pub(super) fn start_on(store: Store) -> Self {
        let instrument = instrument::load("dummy", None).expect("the dummy instrument is shipped");
        let config = ServicesConfig::default();
        let services = DashboardServices::new(instrument, config, store, Clock::system())
            .expect("threads can be started");
        let site = site();
        let assets = Assets::open(Some(site.path())).expect("the site folder is complete");
        let hosts = AllowedHosts::new(&["beam.example.org".to_owned()]);
        let router = build_router(Arc::clone(&services), Arc::new(assets), hosts);
        Self {
            services,
            router,
            _site: site,
        }
    }

    /// Hands messages to the intake, as any source does, and returns once it has taken them.
    pub(super) fn feed(&self, messages: Vec<(&'static str, Vec<u8>)>) {
        let source = Box::new(Messages(messages));
        self.services
            .attach(source)
            .expect("a thread can be started")
            .join();
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Response {
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("a router never fails")
    }

    pub(super) async fn get(&self, path: &str) -> (StatusCode, Value) {
        let request = Request::get(path)
            .body(Body::empty())
            .expect("a proper request");
        json_of(self.send(request).await).await
    }

    pub(super) async fn post(&self, path: &str, body: impl Into<Body>) -> (StatusCode, Value) {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.into())
            .expect("a proper request");
        json_of(self.send(request).await).await
    }

    /// Any request with a body, answered with the headers of the answer.
    pub(super) async fn call(
        &self,
        (method, path): (&str, &str),
        headers: &[(&str, &str)],
        body: &Value,
    ) -> (StatusCode, HeaderMap, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let request = request.body(Body::from(text)).expect("a proper request");
        let response = self.send(request).await;
        let headers = response.headers().clone();
        let (status, body) = json_of(response).await;
        (status, headers, body)
    }

    pub(super) async fn sync(&self, call: &Value) -> Value {
        let (status, answer) = self.post("/api/v1/sync", call.to_string()).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer
    }

    /// Asks until `wanted` is there; what it waits for happens on other threads.
    pub(super) async fn until<T>(
        &self,
        what: &str,
        mut wanted: impl AsyncFnMut(&Self) -> Option<T>,
    ) -> T {
        let started = Instant::now();
        loop {
            if let Some(found) = wanted(self).await {
                return found;
            }
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "waited too long for {what}"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The values that a layer is computed from, once there are any.
    pub(super) async fn layer_data(&self, layer: LayerId) -> Value {
        let path = format!("/api/v1/layers/{layer}/data?what=inputs");
        self.until("data", async |server| {
            let (status, data) = server.get(&path).await;
            (status == StatusCode::OK).then_some(data)
        })
        .await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.services.stop();
    }
}

struct Messages(Vec<(&'static str, Vec<u8>)>);

impl Source for Messages {
    fn name(&self) -> &'static str {
        "test"
    }

    fn run(self: Box<Self>, intake: Intake, _stop: StopToken) -> Result<(), SourceError> {
        for (topic, bytes) in self.0 {
            let arrival_ns = START_NS + 3_600_000_000_000;
            let taken = intake.accept(topic, Bytes::from(bytes), START_NS, arrival_ns);
            taken.map_err(SourceError::new)?;
        }
        Ok(())
    }
}

fn site() -> TempDir {
    let site = tempfile::tempdir().expect("a temporary folder");
    let manifest = r#"{"script":"pkg/a.js","loader":"pkg/b.js","wasm":"pkg/a.wasm","parts":[],"style":"pkg/a.css","icon":"pkg/a.svg"}"#;
    fs::create_dir(site.path().join("pkg")).expect("the temporary folder is writable");
    fs::write(site.path().join("manifest.json"), manifest).expect("the folder is writable");
    for name in ["a.js", "b.js", "a.wasm", "a.css", "a.svg"] {
        fs::write(site.path().join("pkg").join(name), name).expect("the folder is writable");
    }
    site
}

pub(super) async fn json_of(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let body = to_bytes(response.into_body(), 64 << 20)
        .await
        .expect("the body is complete");
    let value = serde_json::from_slice(&body)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned()));
    (status, value)
}

/// The time of pulse 0.
pub(super) const START_NS: i64 = 1_700_000_000_000_000_000;

/// Time of pulse `number`.
pub(super) fn pulse_ns(number: i64) -> i64 {
    START_NS + number * 1_000_000_000 / 14
}

/// Events of the panel at pulse `number`: pixel ids, all at one time of arrival.
pub(super) fn panel_events(number: i64, pixel_ids: &[i32]) -> (&'static str, Vec<u8>) {
    let times = vec![20_000_000; pixel_ids.len()];
    let parts = Ev44Parts {
        source_name: "panel_0",
        message_id: number,
        reference_time_ns: &[pulse_ns(number)],
        reference_time_index: &[0],
        time_of_flight_ns: &times,
        pixel_id: pixel_ids,
    };
    (
        "dummy_detector",
        ev44::encode(&mut FlatBufferBuilder::new(), &parts).to_vec(),
    )
}

pub(super) fn detectors_grid() -> GridId {
    GridId::derived("dummy/detectors")
}

/// The layer of the panel's image since the start.
pub(super) fn panel_image() -> LayerId {
    LayerId::derived("dummy/detectors/0,0/0")
}

/// A first call of a page that shows the detectors.
pub(super) fn first_call(session: SessionId) -> Value {
    json!({"protocol": PROTOCOL, "session": session, "known": null, "grid": detectors_grid()})
}
