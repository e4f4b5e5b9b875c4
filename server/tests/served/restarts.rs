//! What is arranged, over restarts of the server.

use std::path::Path;
use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};
use server::store::Store;
use shared::id::{GridId, SessionId};
use shared::time::TimeNs;
use tempfile::TempDir;

use super::support::{Server, detectors_grid, first_call};

const NOW: TimeNs = TimeNs(1_700_000_000_000_000_000);

fn server_on(folder: &Path) -> Server {
    Server::start_on(Store::open(folder, "dummy", NOW).expect("the folder can be used"))
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

async fn titles(server: &Server) -> Vec<String> {
    let (_, told) = server.get("/api/v1/grids").await;
    let grids = told["grids"].as_array().into_iter().flatten();
    let mut titles: Vec<_> = grids
        .filter_map(|it| it["value"]["title"].as_str().map(str::to_owned))
        .collect();
    titles.sort();
    titles
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_are_there_after_a_restart_and_removed_grids_are_not() {
    let folder = folder();
    let server = server_on(folder.path());
    let shipped = titles(&server).await;
    let mine = format!("/grids/{}", GridId::derived("mine"));
    let body = json!({"title": "Mine", "nrows": 1, "ncols": 1});
    let key = [("idempotency-key", "k")];
    let (status, ..) = server.call(("PUT", &mine), &key, &body).await;
    assert_eq!(status, StatusCode::CREATED);
    let detectors = format!("/grids/{}", detectors_grid());
    let (_, headers, _) = server.call(("GET", &detectors), &[], &Value::Null).await;
    let seen = [("if-match", headers["etag"].to_str().unwrap())];
    let (status, ..) = server
        .call(("DELETE", &detectors), &seen, &Value::Null)
        .await;
    assert_eq!(status, StatusCode::OK);
    let before = titles(&server).await;
    drop(server);

    let server = server_on(folder.path());
    assert_eq!(titles(&server).await, before);
    assert_eq!(before.len(), shipped.len(), "one more, one less");
    // The version is of another run: it is told, and never taken for one of this run.
    let (status, ..) = server.call(("PUT", &mine), &seen, &body).await;
    assert_eq!(status, StatusCode::PRECONDITION_FAILED);
    let (status, headers, _) = server.call(("PUT", &mine), &key, &body).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["idempotency-replayed"], "true");
    let (_, told) = server.get("/api/v1/status").await;
    assert_eq!(told["store"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_is_told_and_the_instrument_s_grids_are_there() {
    let folder = folder();
    let shipped = titles(&server_on(folder.path())).await;
    std::fs::write(
        folder.path().join("dummy.sqlite3"),
        "nonsense".repeat(1_000),
    )
    .unwrap();
    let server = server_on(folder.path());
    assert_eq!(titles(&server).await, shipped);
    let (_, told) = server.get("/api/v1/status").await;
    let text = told["store"].as_str().unwrap();
    assert!(text.contains("dummy.sqlite3.damaged-"), "{text}");
    // A page that was open before has a cursor, and is told.
    let mut call = first_call(SessionId::random());
    call["notices"] = 0.into();
    let answer = server.sync(&call).await;
    assert_eq!(answer["notices"]["events"][0]["message"], text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_saved_is_not_shown() {
    let folder = folder();
    let server = server_on(folder.path());
    let before = titles(&server).await;
    // Another program holds the file for longer than a write waits.
    let other = rusqlite::Connection::open(folder.path().join("dummy.sqlite3")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let path = format!("/grids/{}", GridId::derived("mine"));
    let body = json!({"title": "Mine", "nrows": 1, "ncols": 1});
    let (status, _, told) = server.call(("PUT", &path), &[], &body).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{told}");
    assert_eq!(titles(&server).await, before);
    let (_, told) = server.get("/api/v1/status").await;
    assert!(told["store"].as_str().unwrap().contains("cannot be saved"));
    other.execute_batch("ROLLBACK").unwrap();
    let (status, ..) = server.call(("PUT", &path), &[], &body).await;
    assert_eq!(status, StatusCode::CREATED);
    // A sample of the status is good for a second.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let (_, told) = server.get("/api/v1/status").await;
    assert_eq!(told["store"], Value::Null);
}
