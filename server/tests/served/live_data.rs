//! From encoded messages to the numbers that a script and a page get.

use std::sync::Arc;

use super::support::{Server, detectors_grid, first_call, panel_events, panel_image};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use server::results::{Extractor, NewResult};
use shared::data::{DataArray, Values};
use shared::id::{ResultKey, SessionId};
use shared::job::Temporality;
use shared::object::ObjectId;
use shared::plot::frame::Frame;
use shared::sync::codec::{FRAME_MEDIA_TYPE, decode_body};
use shared::sync::message::PROTOCOL;
use shared::version::Stamp;

/// Three pulses fill a slot; the events of later pulses close it.
fn three_slots(pixels: &[i32]) -> Vec<(&'static str, Vec<u8>)> {
    (0..9).map(|pulse| panel_events(pulse, pixels)).collect()
}

fn count_at(data: &Value, pixel_id: usize) -> u64 {
    data["arrays"][0]["values"][pixel_id - 1]
        .as_u64()
        .expect("counts are integers")
}

async fn counts_when(server: &Server, pixel_id: usize, expected: u64) -> Value {
    server
        .until(
            &format!("{expected} counts at pixel {pixel_id}"),
            async |server| {
                let data = server.layer_data(panel_image()).await;
                (count_at(&data, pixel_id) == expected).then_some(data)
            },
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_counted_at_its_pixel() {
    let server = Server::start();
    server.feed(three_slots(&[1, 130, 130, 16_384]));
    let data = counts_when(&server, 130, 18).await;
    assert_eq!(count_at(&data, 1), 9);
    assert_eq!(count_at(&data, 16_384), 9);
    let array = &data["arrays"][0];
    assert_eq!(array["shape"], json!([128, 128]));
    assert_eq!(array["dims"], json!(["y", "x"]));
    assert_eq!(array["unit"], "counts");
    let total: u64 = array["values"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(total, 36);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_gets_the_same_numbers_as_a_script() {
    let server = Server::start();
    server.feed(three_slots(&[7]));
    let data = counts_when(&server, 7, 9).await;
    let session = SessionId::random();
    let frame = server
        .until("a frame", async |server| {
            let answer = server.sync(&first_call(session)).await;
            let frames = answer["frames"].as_array().unwrap().clone();
            frames
                .into_iter()
                .find(|frame| frame["layer"] == json!(panel_image()))
        })
        .await;
    let shown = &frame["frame"]["body"]["image"]["values"];
    assert_eq!(shown, &data["arrays"][0]["values"]);
    let path = format!("/api/v1/layers/{}/data", panel_image());
    let (status, saved) = server.get(&path).await;
    assert_eq!(status, StatusCode::OK, "{saved}");
    assert_eq!(shown, &saved["arrays"][0]["values"]);

    let stamp = server.services.committer.read().stamp();
    let path = format!(
        "/api/v1/layers/{}/frames/{}/{}",
        panel_image(),
        stamp.epoch.0,
        frame["version"]
    );
    let alone = Request::get(path)
        .header(header::ACCEPT, FRAME_MEDIA_TYPE)
        .body(Body::empty())
        .unwrap();
    let response = server.send(alone).await;
    let headers = response.headers();
    assert_eq!(headers[header::CONTENT_TYPE], FRAME_MEDIA_TYPE);
    assert_eq!(headers[header::VARY], "accept");
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let decoded: Frame = decode_body(&body).unwrap();
    assert_eq!(json!(decoded), frame["frame"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_generation_starts_from_nothing_and_a_stop_keeps_the_last_picture() {
    let server = Server::start();
    server.feed(three_slots(&[7]));
    counts_when(&server, 7, 9).await;

    let (status, started) = server
        .post("/api/v1/workflows/dummy/panel_0_xy/1/start", "")
        .await;
    assert_eq!(status, StatusCode::OK, "{started}");
    let (status, _) = server
        .get(&format!("/api/v1/layers/{}/data", panel_image()))
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "the old counts are gone");

    server.feed((9..18).map(|pulse| panel_events(pulse, &[7])).collect());
    counts_when(&server, 7, 9).await;
    let (status, _) = server
        .post(
            "/api/v1/workflows/dummy/panel_0_xy/1/stop",
            r#"{"sources":["panel_0"]}"#,
        )
        .await;
    assert_eq!(status, StatusCode::OK);
    let (_, grids) = server.get("/api/v1/grids").await;
    let states = grids["layer_states"].as_array().unwrap();
    let state = states
        .iter()
        .find(|state| state["value"]["id"] == json!(panel_image()))
        .unwrap();
    assert_eq!(state["value"]["phase"], "stopped");
    let data = server.layer_data(panel_image()).await;
    assert_eq!(count_at(&data, 7), 9, "what was counted stays");

    publish_late(&server, &started["job_number"]);
    let (_, told) = server.get("/api/v1/status").await;
    assert_eq!(told["stale_results"], 1, "refused, and said so");
    let data = server.layer_data(panel_image()).await;
    assert_eq!(count_at(&data, 7), 9);
}

/// Hands in zeros in the name of a generation, as a worker would that did not hear that it was over.
fn publish_late(server: &Server, number: &Value) {
    let key = ResultKey {
        workflow: "dummy/panel_0_xy/1".parse().expect("an id"),
        source: "panel_0".to_owned(),
        output: "cumulative".to_owned(),
    };
    let kept = server
        .services
        .data
        .read(&[(key.clone(), Extractor::Latest)])
        .remove(0)
        .expect("no window is asked for")
        .expect("the job had results");
    let zeros = Values::U32(vec![0; 128 * 128]);
    let changed = server.services.data.publish(vec![NewResult {
        key,
        number: serde_json::from_value(number.clone()).expect("a job number"),
        temporality: Temporality::Cumulative,
        data: DataArray {
            values: Arc::new(zeros),
            ..kept.data
        },
    }]);
    assert!(changed.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_messages_are_counted_and_good_ones_go_on() {
    let server = Server::start();
    let mut messages = three_slots(&[7]);
    messages.insert(4, ("dummy_detector", b"garbage, garbage".to_vec()));
    let mut torn = panel_events(5, &[9]).1;
    torn.truncate(torn.len() / 2);
    messages.insert(5, ("dummy_detector", torn));
    server.feed(messages);
    counts_when(&server, 7, 9).await;
    let (_, status) = server.get("/api/v1/status").await;
    let panel = status["streams"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["name"] == "panel_0")
        .unwrap();
    let errors: u64 = panel["errors"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(errors, 2, "{panel}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_layers_are_not_computed_and_a_reveal_brings_them_in_one_call() {
    let server = Server::start();
    server.feed(three_slots(&[7]));
    counts_when(&server, 7, 9).await;
    let state = server.services.committer.read();
    let layers: Vec<_> = state.layers_of(detectors_grid()).collect();
    assert!(!layers.is_empty());
    let computed = layers.iter().filter(|layer| {
        state
            .frames_of(**layer)
            .is_some_and(|slot| slot.count() > 0)
    });
    assert_eq!(computed.count(), 0, "nobody looks");

    let answer = server.sync(&first_call(SessionId::random())).await;
    let shown = answer["frames"]
        .as_array()
        .unwrap()
        .iter()
        .any(|frame| frame["layer"] == json!(panel_image()));
    assert!(shown, "the first call brings what there is");
}

/// Hides the panel's image from everybody, or shows it again.
async fn hide_image(server: &Server, hidden: bool) {
    let path = format!("/layers/{}", panel_image());
    let body = json!({"hidden": hidden});
    let state = server.services.committer.read();
    let (version, _) = state
        .object(&ObjectId::Layer(panel_image()))
        .expect("it is shipped");
    let stamp = Stamp {
        revision: version,
        ..state.stamp()
    };
    let seen = [("if-match", &*format!("\"{stamp}\""))];
    let (status, _, told) = server.call(("PATCH", &path), &seen, &body).await;
    assert_eq!(status, StatusCode::OK, "{told}");
}

/// The pictures of the panel's image that an answer brings.
fn images(answer: &Value) -> usize {
    let frames = answer["frames"].as_array().expect("frames are a list");
    frames
        .iter()
        .filter(|frame| frame["layer"] == json!(panel_image()))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_hidden_for_everybody_is_computed_only_when_asked_for_or_shown_again() {
    let server = Server::start();
    let call = first_call(SessionId::random());
    server.sync(&call).await;
    hide_image(&server, true).await;
    server.feed(three_slots(&[7]));
    counts_when(&server, 7, 9).await;
    let frames_made = || {
        let state = server.services.committer.read();
        state.frames_of(panel_image()).unwrap().count()
    };
    // Another layer of the grid is computed, in whose tick this one would be, too.
    server
        .until("another picture", async |server| {
            let answer = server.sync(&call).await;
            assert_eq!(images(&answer), 0);
            (!answer["frames"].as_array().unwrap().is_empty()).then_some(())
        })
        .await;
    assert_eq!(frames_made(), 0);

    hide_image(&server, false).await;
    server
        .until("its picture", async |server| {
            (images(&server.sync(&call).await) == 1).then_some(())
        })
        .await;

    hide_image(&server, true).await;
    let made = frames_made();
    server.feed((9..18).map(|pulse| panel_events(pulse, &[7])).collect());
    counts_when(&server, 7, 18).await;
    let mut asking = call.clone();
    asking["also"] = json!([panel_image()]);
    server
        .until("a newer picture", async |server| {
            assert_eq!(images(&server.sync(&asking).await), 1);
            (frames_made() > made).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_asked_for_beside_the_grid_is_computed_in_the_same_call() {
    let server = Server::start();
    server.feed(three_slots(&[7]));
    counts_when(&server, 7, 9).await;
    let session = SessionId::random();
    let call = json!({"protocol": PROTOCOL, "session": session, "also": [panel_image()]});
    let answer = server.sync(&call).await;
    let frames = answer["frames"].as_array().unwrap();
    assert_eq!(frames.len(), 1, "one layer was asked for");
    assert_eq!(frames[0]["layer"], json!(panel_image()));
    let looked_at = server.services.sessions.grids_of(session);
    assert_eq!(looked_at, [detectors_grid()], "its wakes tell of it");
}
