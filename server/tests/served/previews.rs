//! What a layer would show, before anybody adds it.

use super::support::{Server, panel_events, panel_image};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// The configuration of the panel's image.
async fn image(server: &Server) -> Value {
    let (_, told) = server
        .get(&format!("/api/v1/layers/{}", panel_image()))
        .await;
    told["value"]["config"].clone()
}

async fn preview(server: &Server, config: &Value) -> (StatusCode, Value) {
    server.post("/api/v1/previews", config.to_string()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_waits_for_data_shows_them_and_leaves_nothing() {
    let server = Server::start();
    let mut config = image(&server).await;
    let (_, before) = server.get("/api/v1/grids").await;
    assert_eq!(
        preview(&server, &config).await,
        (StatusCode::OK, json!("waiting"))
    );
    server.feed((0..9).map(|pulse| panel_events(pulse, &[7])).collect());
    let image = server
        .until("a picture", async |server| {
            let (_, told) = preview(server, &config).await;
            told.get("drawn").cloned()
        })
        .await;
    assert!(image["body"]["image"].is_object(), "{image}");
    config["plotter"] = json!("statistics");
    config["params"] = json!({});
    let (_, told) = preview(&server, &config).await;
    assert!(told["drawn"]["body"]["scalars"].is_object(), "{told}");
    let (_, after) = server.get("/api/v1/grids").await;
    let titles = |told: &Value| told["grids"].as_array().map(Vec::len);
    assert_eq!(titles(&before), titles(&after));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_a_rule_is_told_with_its_field() {
    let server = Server::start();
    let mut config = image(&server).await;
    config["sources"]["primary"]["output"] = json!("nothing");
    let (status, told) = preview(&server, &config).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(told["refused"]["field"], "sources.primary.output");
    let reason = told["refused"]["reason"].as_str().expect("a reason");
    assert!(reason.contains("has no output"), "{reason}");
    let (status, _) = server.post("/api/v1/previews", "{}").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}
