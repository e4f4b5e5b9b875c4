//! What an edit does to pictures: those that still hold stay, those that nobody would ask for are computed.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::id::{CellId, GridId, LayerId, SessionId};

use super::{arranged, create, image_config, layer_path, tag};
use crate::support::{Server, detectors_grid, first_call, panel_events, panel_image};

async fn frame_of(server: &Server, call: &Value, layer: LayerId) -> Option<Value> {
    let answer = server.sync(call).await;
    let frames = answer["frames"].as_array()?.clone();
    let of_layer = frames.into_iter().find(|it| it["layer"] == json!(layer));
    of_layer.filter(|it| !it["frame"].is_null())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_over_a_stopped_workflow_shows_what_there_is() {
    let server = Server::start();
    server.feed((0..9).map(|pulse| panel_events(pulse, &[7])).collect());
    server.layer_data(panel_image()).await;
    server
        .call(
            ("POST", "/workflows/dummy/panel_0_xy/1/stop"),
            &[],
            &json!({}),
        )
        .await;
    let [..] = arranged(&server).await;
    let mut call = first_call(SessionId::random());
    call["grid"] = json!(GridId::derived("g"));
    let layer = LayerId::derived("l");
    let shown = server
        .until("the first picture", async |server| {
            frame_of(server, &call, layer).await
        })
        .await;

    // While somebody looks: another layer, and an edit of what is computed.
    let second = json!({"cell": CellId::derived("c"), "config": image_config(&json!({}))});
    create(&server, &layer_path("m"), &second).await;
    server
        .until("the new layer's picture", async |server| {
            frame_of(server, &call, LayerId::derived("m")).await
        })
        .await;
    let (_, headers, mut told) = server
        .call(("GET", &layer_path("l")), &[], &Value::Null)
        .await;
    let seen = tag(&headers);
    let mut body = told["value"].take();
    body["config"]["params"] = json!({"window": {"seconds": 10}});
    let seen = [("if-match", seen.as_str())];
    let (status, _, told) = server.call(("PUT", &layer_path("l")), &seen, &body).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let edited = server
        .until("the edited layer's picture", async |server| {
            frame_of(server, &call, layer).await
        })
        .await;
    assert!(edited["version"].as_u64() > shown["version"].as_u64());
    let states = server.sync(&call).await;
    let changes = states["changes"].as_array().unwrap();
    let of_ours = |it: &&Value| it["kind"] == "layer_state" && it["id"] == json!(layer);
    let state = changes.iter().find(of_ours).unwrap();
    assert_eq!(state["value"]["phase"], "stopped", "{state}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_the_title_keeps_the_picture() {
    let server = Server::start();
    server.feed((0..9).map(|pulse| panel_events(pulse, &[7])).collect());
    let call = first_call(SessionId::random());
    let layer = panel_image();
    server
        .until("a picture", async |server| {
            frame_of(server, &call, layer).await
        })
        .await;
    let path = format!("/layers/{layer}");
    let (_, headers, mut told) = server.call(("GET", &path), &[], &Value::Null).await;
    let seen = tag(&headers);
    let mut body = told["value"].take();
    body["title"] = json!("Another title");
    let seen = [("if-match", seen.as_str())];
    let (status, ..) = server.call(("PUT", &path), &seen, &body).await;
    assert_eq!(status, StatusCode::OK);
    let state = server.services.committer.read();
    let slot = state.frames_of(layer).unwrap();
    assert!(slot.current().is_some());
    let (_, _, told) = server
        .call(
            ("GET", &format!("/grids/{}", detectors_grid())),
            &[],
            &Value::Null,
        )
        .await;
    assert!(told["version"].as_u64().unwrap() < state.stamp().revision.0);
}

#[tokio::test]
async fn plotters_are_told_with_what_they_draw() {
    let server = Server::start();
    let (_, told) = server.get("/api/v1/plotters").await;
    let catalogue: shared::plot::Catalogue = serde_json::from_value(told).unwrap();
    let workflow = "dummy/panel_0_xy/1".parse().unwrap();
    let drawn: Vec<_> = catalogue.plotters_of(&workflow, "current").collect();
    assert_eq!(drawn[0].name, "image");
    assert_eq!(
        drawn[0].schema.groups[0].fields[0].unit.as_deref(),
        Some("s")
    );
    assert!(catalogue.outputs.iter().all(|it| !it.plotters.is_empty()));
}
