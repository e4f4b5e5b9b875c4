//! Frames: of what time they are, and how long each can be had.

use super::support::{Server, first_call, panel_events, panel_image, pulse_ns};
use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::id::SessionId;

/// The panel's image in the answer to a page's first call, once there is one.
async fn first_frame(server: &Server, session: SessionId) -> Value {
    server
        .until("a frame", async |server| {
            let answer = server.sync(&first_call(session)).await;
            let mut frames = answer["frames"].as_array().expect("a list").iter();
            frames
                .find(|it| it["layer"] == json!(panel_image()))
                .cloned()
        })
        .await
}

fn address(epoch: impl std::fmt::Display, version: &Value) -> String {
    format!("/api/v1/layers/{}/frames/{epoch}/{version}", panel_image())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_of_another_run_is_gone() {
    let server = Server::start();
    server.feed((0..9).map(|pulse| panel_events(pulse, &[7])).collect());
    let frame = first_frame(&server, SessionId::random()).await;
    let epoch = server.services.committer.read().stamp().epoch.0;
    let (status, _) = server.get(&address(epoch, &frame["version"])).await;
    assert_eq!(status, StatusCode::OK);
    let another = SessionId::random();
    let (status, told) = server.get(&address(another, &frame["version"])).await;
    assert_eq!((status, &told["status"]), (StatusCode::GONE, &json!(410)));
    let detail = told["detail"].as_str().expect("a reason");
    assert!(detail.contains("earlier run"), "{detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_was_followed_by_a_few_others_is_gone() {
    let server = Server::start();
    server.feed((0..9).map(|pulse| panel_events(pulse, &[7])).collect());
    let session = SessionId::random();
    let frame = first_frame(&server, session).await;
    let epoch = server.services.committer.read().stamp().epoch.0;
    let first = address(epoch, &frame["version"]);
    let mut pulse = 9;
    let told = server
        .until("the end of the first frame", async |server| {
            let slot = pulse..pulse + 3;
            pulse = slot.end;
            server.feed(slot.map(|it| panel_events(it, &[7])).collect());
            server.sync(&first_call(session)).await;
            let (status, told) = server.get(&first).await;
            (status != StatusCode::OK).then_some(told)
        })
        .await;
    assert_eq!(told["status"], 410, "{told}");
    let detail = told["detail"].as_str().expect("a reason");
    assert!(detail.contains("ask sync for the newest"), "{detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_says_when_it_was_given_and_every_frame_of_what_time_it_is() {
    let server = Server::start();
    let before = server.services.clock.now();
    server.feed((0..9).map(|pulse| panel_events(pulse, &[7])).collect());
    let session = SessionId::random();
    first_frame(&server, session).await;
    let answer = server.sync(&first_call(session)).await;
    let given = answer["server_time_ns"].as_i64().expect("a time");
    assert!(given > before.0 && given <= server.services.clock.now().0);
    let frames = answer["frames"].as_array().expect("a list");
    assert!(!frames.is_empty());
    for frame in frames {
        let time = &frame["frame"]["time"];
        let (start, end) = (time["start"].as_i64(), time["end"].as_i64());
        let (start, end) = start.zip(end).unwrap_or_else(|| panic!("no time: {frame}"));
        // Slots of three pulses are counted from 1970, so that the first begins before the first pulse.
        assert!(start < end, "{time}");
        assert!(start > pulse_ns(-3) && end <= pulse_ns(9), "{time}");
    }

    let mut quiet = first_call(session);
    quiet["known"] = answer["stamp"].clone();
    quiet["grid"] = Value::Null;
    let nothing_new = server.sync(&quiet).await;
    assert_eq!(nothing_new["frames"], json!([]));
    assert!(nothing_new["server_time_ns"].as_i64() >= Some(given));
}
