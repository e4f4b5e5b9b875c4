//! Wakes: they announce without data, to those concerned, and say again that they are there.

use std::time::{Duration, Instant};

use super::support::{Server, first_call};
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt as _;
use shared::id::{CellId, SessionId};
use shared::presence::Editor;
use shared::sync::message::Wake;

async fn open(server: &Server, query: &str) -> BodyDataStream {
    let request = Request::get(format!("/api/v1/wake{query}"))
        .body(Body::empty())
        .expect("a proper request");
    server.send(request).await.into_body().into_data_stream()
}

async fn next_wake(events: &mut BodyDataStream) -> Wake {
    let chunk = tokio::time::timeout(Duration::from_secs(5), events.next()).await;
    let chunk = chunk
        .expect("a wake in time")
        .expect("an open stream")
        .expect("a good stream");
    let text = std::str::from_utf8(&chunk)
        .expect("events are text")
        .to_owned();
    let data = text.trim().strip_prefix("data: ").expect("an event");
    serde_json::from_str(data).expect("a wake")
}

#[tokio::test(flavor = "multi_thread")]
async fn wakes_carry_no_data_and_announce_what_concerns_the_session() {
    let server = Server::start();
    let session = SessionId::random();
    server.sync(&first_call(session)).await;
    let mut events = open(&server, &format!("?session={session}")).await;
    let first = next_wake(&mut events).await;
    assert!(first.sessions.contains_key(&session));

    server
        .post("/api/v1/workflows/dummy/panel_0_xy/1/start", "")
        .await;
    let second = next_wake(&mut events).await;
    assert!(second.sessions[&session] > first.sessions[&session]);

    server.services.shutdown.send_replace(true);
    let end = tokio::time::timeout(Duration::from_secs(5), async {
        while events.next().await.is_some() {}
    });
    assert!(end.await.is_ok(), "wakes end when the server stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_every_revision_is_announced() {
    let server = Server::start();
    let mut events = open(&server, "").await;
    let mut newest = next_wake(&mut events).await;
    for verb in ["stop", "start"] {
        let path = format!("/api/v1/workflows/dummy/panel_0_xy/1/{verb}");
        server.post(&path, "").await;
        let wake = next_wake(&mut events).await;
        assert_eq!(wake.epoch, newest.epoch);
        assert!(wake.revision > newest.revision, "{verb}");
        assert!(wake.sessions.is_empty());
        newest = wake;
    }
}

#[tokio::test]
async fn while_nothing_changes_the_wake_is_repeated_every_two_seconds() {
    let server = Server::start();
    let mut events = open(&server, "").await;
    let first = next_wake(&mut events).await;
    let begun = Instant::now();
    assert_eq!(next_wake(&mut events).await, first);
    assert_eq!(next_wake(&mut events).await, first);
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(3_900), "{took:?}");
    assert!(took < Duration::from_secs(8), "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wakes_tell_who_else_is_there_and_what_they_change() {
    let server = Server::start();
    let [own, other] = [(); 2].map(|()| SessionId::random());
    let named = |session, name: &str| {
        let mut call = first_call(session);
        call["name"] = name.into();
        call
    };
    server.sync(&named(own, "Anna")).await;
    let mut events = open(&server, &format!("?session={own}")).await;
    let alone = next_wake(&mut events).await;
    assert!(alone.presence.is_empty());

    server.sync(&named(other, "Bert")).await;
    let two = next_wake_that(&mut events, |it| !it.presence.is_empty()).await;
    assert_eq!(two.presence[&own].told(), "Bert");
    assert_eq!(two.sessions, alone.sessions, "telemetry is no revision");

    let cell = CellId::derived("c");
    let path = format!("/sessions/{other}/editing");
    let body = serde_json::json!({ "cell": cell });
    let (status, _, _) = server.call(("PUT", &path), &[], &body).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let told = next_wake_that(&mut events, |it| *it != two).await;
    let name = "Bert".into();
    assert_eq!(told.presence[&own].editing, [Editor { cell, name }]);

    let end = format!("/sessions/{other}");
    server
        .call(("DELETE", &end), &[], &serde_json::Value::Null)
        .await;
    next_wake_that(&mut events, |it| it.presence.is_empty()).await;
}

/// Passes over the repetitions that say nothing new.
async fn next_wake_that(events: &mut BodyDataStream, is_wanted: impl Fn(&Wake) -> bool) -> Wake {
    loop {
        let wake = next_wake(events).await;
        if is_wanted(&wake) {
            return wake;
        }
    }
}
