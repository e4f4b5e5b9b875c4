//! The interface at its edges: wrong calls get a status, a reason and what to do; nothing panics.

use super::support::{Server, first_call, json_of, panel_events, panel_image};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use shared::id::SessionId;
use shared::sync::codec::{MEDIA_TYPE, decode_packet};
use shared::sync::message::PROTOCOL;

async fn problem(server: &Server, request: Request<Body>, expected: StatusCode) -> Value {
    let response = server.send(request).await;
    let content_type = response.headers().get(header::CONTENT_TYPE).cloned();
    let (status, body) = json_of(response).await;
    assert_eq!(status, expected, "{body}");
    assert_eq!(
        content_type.expect("a problem has a type"),
        "application/problem+json"
    );
    assert!(
        body["detail"]
            .as_str()
            .is_some_and(|detail| detail.len() > 15),
        "{body}"
    );
    body
}

fn post(path: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path)
        .body(body.into())
        .expect("a proper request")
}

fn get(path: &str) -> Request<Body> {
    Request::get(path)
        .body(Body::empty())
        .expect("a proper request")
}

#[tokio::test]
async fn wrong_calls_of_sync_say_what_is_wrong() {
    let server = Server::start();
    let told = problem(
        &server,
        post("/api/v1/sync", r#"{"protocol":1,"novel":[]}"#),
        StatusCode::UPGRADE_REQUIRED,
    )
    .await;
    assert_eq!(told["protocol"], PROTOCOL);
    problem(
        &server,
        post("/api/v1/sync", "nonsense"),
        StatusCode::BAD_REQUEST,
    )
    .await;
    problem(
        &server,
        post("/api/v1/sync", format!(r#"{{"protocol":{PROTOCOL}}}"#)),
        StatusCode::BAD_REQUEST,
    )
    .await;
    problem(
        &server,
        post("/api/v1/sync", vec![b' '; 300 << 10]),
        StatusCode::PAYLOAD_TOO_LARGE,
    )
    .await;
    problem(&server, get("/api/v1/sync"), StatusCode::METHOD_NOT_ALLOWED).await;
}

#[tokio::test]
async fn what_does_not_exist_is_said_with_where_to_look() {
    let server = Server::start();
    let layer = SessionId::random();
    problem(
        &server,
        get(&format!("/api/v1/layers/{layer}/data")),
        StatusCode::NOT_FOUND,
    )
    .await;
    problem(&server, get("/api/v1/nothing"), StatusCode::NOT_FOUND).await;
    problem(
        &server,
        post("/api/v1/workflows/dummy/nothing/1/start", ""),
        StatusCode::NOT_FOUND,
    )
    .await;
    let unknown_source = post(
        "/api/v1/workflows/dummy/panel_0_xy/1/start",
        r#"{"sources":["panel_9"]}"#,
    );
    problem(&server, unknown_source, StatusCode::UNPROCESSABLE_ENTITY).await;
    let bad_params = post(
        "/api/v1/workflows/dummy/panel_0_xy/1/start",
        r#"{"params":{"toa_edges":{"num_bins":0}}}"#,
    );
    problem(&server, bad_params, StatusCode::UNPROCESSABLE_ENTITY).await;
    problem(
        &server,
        get("/api/v1/wake?session=me"),
        StatusCode::BAD_REQUEST,
    )
    .await;
    problem(&server, get("/api/v1/wake?page=1"), StatusCode::BAD_REQUEST).await;
}

#[tokio::test]
async fn pages_of_other_sites_may_not_write_or_listen() {
    let server = Server::start();
    let foreign = |mut request: Request<Body>| {
        request
            .headers_mut()
            .insert("sec-fetch-site", "cross-site".parse().unwrap());
        request
    };
    let start = post("/api/v1/workflows/dummy/panel_0_xy/1/start", "");
    problem(&server, foreign(start), StatusCode::FORBIDDEN).await;
    problem(&server, foreign(get("/api/v1/wake")), StatusCode::FORBIDDEN).await;
}

#[tokio::test]
async fn a_name_that_was_made_to_lead_here_is_not_answered() {
    let server = Server::start();
    let named = |host: &'static str| {
        Request::get("/api/v1/grids")
            .header(header::HOST, host)
            .body(Body::empty())
            .expect("a proper request")
    };
    let told = problem(
        &server,
        named("rebound.example.net"),
        StatusCode::MISDIRECTED_REQUEST,
    )
    .await;
    let detail = told["detail"].as_str().unwrap();
    assert!(detail.contains("allowed_hosts"), "{detail}");
    for host in ["beam.example.org:8200", "127.0.0.1:8200", "localhost"] {
        let response = server.send(named(host)).await;
        assert_eq!(response.status(), StatusCode::OK, "{host}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn pages_travel_compressed_and_answers_as_they_are() {
    let server = Server::start();
    let packed = |path: &str| {
        let mut request = get(path);
        request
            .headers_mut()
            .insert(header::ACCEPT_ENCODING, "gzip, br".parse().unwrap());
        request
    };
    let page = server.send(packed("/status")).await;
    assert_eq!(page.headers()[header::CONTENT_ENCODING], "gzip");
    assert_eq!(page.headers()[header::VARY], "accept-encoding");
    let answer = server.send(packed("/api/v1/grids")).await;
    assert!(!answer.headers().contains_key(header::CONTENT_ENCODING));
}

#[tokio::test]
async fn addresses_that_do_not_parse_are_problems() {
    let server = Server::start();
    for path in ["/api/v1/layers/abc/data", "/api/v1/layers/abc/frames/1/2"] {
        problem(&server, get(path), StatusCode::BAD_REQUEST).await;
    }
    let version = post("/api/v1/workflows/dummy/panel_0_xy/one/start", "");
    problem(&server, version, StatusCode::BAD_REQUEST).await;
}

#[tokio::test]
async fn a_closed_page_looks_no_longer() {
    let server = Server::start();
    let session = SessionId::random();
    server.sync(&first_call(session)).await;
    assert_eq!(server.services.sessions.len(), 1);
    let path = format!("/api/v1/sessions/{session}");
    let (status, _) = server.post(&format!("{path}/end"), "").await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert!(server.services.sessions.is_empty());
    let again = Request::delete(path).body(Body::empty()).unwrap();
    assert_eq!(server.send(again).await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_thread_that_ended_makes_the_server_unready() {
    let server = Server::start();
    server.services.frame_clock.stop();
    let told = server
        .until("the end of a thread", async |server| {
            let (status, text) = server.get("/readyz").await;
            (status == StatusCode::SERVICE_UNAVAILABLE).then_some(text)
        })
        .await;
    let text = told.as_str().unwrap();
    assert!(text.contains("frame clock"), "{text}");
}

#[tokio::test]
async fn repeating_a_call_changes_nothing() {
    let server = Server::start();
    let call = first_call(SessionId::random());
    let first = server.sync(&call).await;
    let again = server.sync(&call).await;
    assert_eq!(first["changes"], again["changes"]);

    let mut next = call;
    next["known"] = first["stamp"].clone();
    let difference = server.sync(&next).await;
    assert_eq!(difference["base"], first["stamp"]["revision"]);
    assert_eq!(difference["changes"], json!([]));
}

#[tokio::test]
async fn a_stamp_of_another_run_gets_a_snapshot() {
    let server = Server::start();
    let mut call = first_call(SessionId::random());
    call["known"] = json!({"epoch": SessionId::random(), "revision": 3});
    let answer = server.sync(&call).await;
    assert_eq!(answer["base"], Value::Null);
    assert!(answer["changes"].as_array().unwrap().len() > 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_binary_form_says_the_same_as_the_json_form() {
    let server = Server::start();
    server.feed((0..9).map(|pulse| panel_events(pulse, &[7])).collect());
    server.layer_data(panel_image()).await;
    let session = SessionId::random();
    server.sync(&first_call(session)).await;
    let mut request = post("/api/v1/sync", first_call(session).to_string());
    request
        .headers_mut()
        .insert(header::ACCEPT, MEDIA_TYPE.parse().unwrap());
    let response = server.send(request).await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], MEDIA_TYPE);
    let bytes = axum::body::to_bytes(response.into_body(), 64 << 20)
        .await
        .unwrap();
    let decoded = decode_packet(&bytes).unwrap();
    let json = server.sync(&first_call(session)).await;
    assert_eq!(
        json["changes"].as_array().unwrap().len(),
        decoded.answer.changes.len()
    );
    assert_eq!(
        json["frames"].as_array().unwrap().len(),
        decoded.frames.len()
    );
}

#[tokio::test]
async fn health_metrics_and_description_are_there() {
    let server = Server::start();
    assert_eq!(
        server.get("/healthz").await,
        (StatusCode::OK, json!("ok\n"))
    );
    assert_eq!(server.get("/readyz").await.0, StatusCode::OK);
    let (_, metrics) = server.get("/metrics").await;
    assert!(
        metrics
            .as_str()
            .unwrap()
            .contains("\nbeamdeck_sync_answers_total 0\n"),
        "{metrics}"
    );
    let (_, openapi) = server.get("/api/v1/openapi.json").await;
    assert_eq!(openapi["servers"][0]["url"], "/api/v1");
}
