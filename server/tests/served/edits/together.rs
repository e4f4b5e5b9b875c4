//! Several changes together, and what is sent twice.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::id::{CellId, GridId, LayerId, SessionId};

use super::{create, grid_path, image_config, layer_path, place, refused, tag};
use crate::support::{Server, first_call};

fn put(kind: &str, value: &Value) -> Value {
    json!({"op": "put", "piece": {"kind": kind, "value": value}})
}

/// An edit that creates a grid with one cell and one layer.
fn whole_grid(name: &str, order: i32) -> Vec<Value> {
    let (grid, cell) = (GridId::derived(name), CellId::derived(name));
    vec![
        put(
            "grid",
            &json!({
                "id": grid, "title": name, "nrows": 1, "ncols": 1, "enabled": true, "order": order
            }),
        ),
        put(
            "cell",
            &json!({"id": cell, "grid": grid, "geometry": place(0, 0), "title": null}),
        ),
        put(
            "layer",
            &json!({
                "id": LayerId::derived(name), "cell": cell, "order": 0, "title": "Counts",
                "config": image_config(&json!({}))
            }),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_happens_whole_under_one_revision_or_not_at_all() {
    let server = Server::start();
    let call = first_call(SessionId::random());
    let known = server.sync(&call).await["stamp"].clone();
    let mut steps = whole_grid("a", 9);
    let body = json!({"steps": steps});
    let (status, _, told) = server.call(("POST", "/topology"), &[], &body).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let pieces = told["pieces"].as_array().unwrap();
    let kinds: Vec<_> = pieces
        .iter()
        .map(|it| it["piece"]["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["grid", "cell", "layer"]);
    assert!(
        pieces
            .iter()
            .all(|it| it["version"] == pieces[0]["version"])
    );
    let mut next = call.clone();
    next["known"] = known;
    let difference = server.sync(&next).await;
    let changes = difference["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 4, "with the layer's state: {changes:?}");

    // The second step does not fit: the first is not carried out either.
    steps = whole_grid("b", 9);
    steps[1]["piece"]["value"]["geometry"] = place(5, 5);
    let body = json!({"steps": steps});
    let told = refused(
        &server,
        ("POST", "/topology"),
        &[],
        &body,
        StatusCode::CONFLICT,
    )
    .await;
    assert_eq!(told["piece"]["kind"], "cell");
    let path = grid_path("b");
    refused(
        &server,
        ("GET", &path),
        &[],
        &Value::Null,
        StatusCode::NOT_FOUND,
    )
    .await;
    for (body, status) in [
        (json!({"steps": []}), StatusCode::BAD_REQUEST),
        (
            json!({"steps": [put("grid", &json!({}))]}),
            StatusCode::BAD_REQUEST,
        ),
        (
            json!({"steps": [whole_grid("b", 0)[0], whole_grid("b", 1)[0]]}),
            StatusCode::BAD_REQUEST,
        ),
    ] {
        refused(&server, ("POST", "/topology"), &[], &body, status).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_too_late_learns_by_whom() {
    let server = Server::start();
    let body = json!({"steps": whole_grid("a", 9)});
    let (_, _, created) = server.call(("POST", "/topology"), &[], &body).await;
    let based_on =
        json!({"epoch": created["stamp"]["epoch"], "revision": created["pieces"][0]["version"]});
    let named = |title: &str| {
        let mut step = whole_grid("a", 9).swap_remove(0);
        step["piece"]["value"]["title"] = json!(title);
        step["based_on"] = based_on.clone();
        step
    };
    let hers = json!({"steps": [named("Hers")], "by": "Anna"});
    let (status, _, changed) = server.call(("POST", "/topology"), &[], &hers).await;
    assert_eq!(status, StatusCode::OK, "{changed}");
    let mine = json!({"steps": [named("Mine")], "by": "Bo"});
    let lost = StatusCode::PRECONDITION_FAILED;
    let told = refused(&server, ("POST", "/topology"), &[], &mine, lost).await;
    assert_eq!(told["by"], "Anna");
    assert_eq!(told["stamp"]["epoch"], changed["stamp"]["epoch"]);
    let revision = |it: &Value| it["stamp"]["revision"].as_u64();
    assert!(revision(&told) >= revision(&changed), "{told}");
    let detail = told["detail"].as_str().unwrap();
    assert!(
        detail.starts_with("this grid was changed meanwhile by Anna"),
        "{detail}"
    );

    let grid = json!({"kind": "grid", "id": GridId::derived("a")});
    let seen =
        json!({"epoch": changed["stamp"]["epoch"], "revision": changed["pieces"][0]["version"]});
    let step = json!({"op": "remove", "piece": grid, "based_on": seen});
    let body = json!({"steps": [step], "by": "Cleo"});
    let (status, _, gone) = server.call(("POST", "/topology"), &[], &body).await;
    assert_eq!(status, StatusCode::OK, "{gone}");
    let told = refused(&server, ("POST", "/topology"), &[], &mine, lost).await;
    assert_eq!(
        (&told["by"], &told["current"]),
        (&json!("Cleo"), &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_added_meanwhile_is_not_removed_along() {
    let server = Server::start();
    let body = json!({"steps": whole_grid("a", 9)});
    let (_, _, created) = server.call(("POST", "/topology"), &[], &body).await;
    let grid = &created["pieces"][0];
    let based_on = json!({"epoch": created["stamp"]["epoch"], "revision": grid["version"]});
    let layer = json!({"cell": CellId::derived("a"), "config": image_config(&json!({}))});
    create(&server, &layer_path("of somebody else"), &layer).await;
    let remove = json!({"steps": [{
        "op": "remove", "piece": {"kind": "grid", "id": GridId::derived("a")},
        "based_on": based_on, "as_of": created["stamp"]
    }]});
    let lost = StatusCode::PRECONDITION_FAILED;
    let told = refused(&server, ("POST", "/topology"), &[], &remove, lost).await;
    assert_eq!(
        told["piece"]["id"],
        json!(LayerId::derived("of somebody else"))
    );
    assert_eq!(told["by"], "", "scripts have no name");
    let mut anyway = remove;
    anyway["steps"][0]["as_of"] = Value::Null;
    let (status, _, told) = server.call(("POST", "/topology"), &[], &anyway).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(told["removed"].as_array().unwrap().len(), 4, "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_is_answered_and_not_carried_out() {
    let server = Server::start();
    let key = [("idempotency-key", "k-1")];
    let body = json!({"title": "Mine", "nrows": 1, "ncols": 1});
    let path = grid_path("g");
    let (status, headers, first) = server.call(("PUT", &path), &key, &body).await;
    assert_eq!(status, StatusCode::CREATED);
    assert!(!headers.contains_key("idempotency-replayed"));
    let (status, headers, again) = server.call(("PUT", &path), &key, &body).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["idempotency-replayed"], "true");
    assert_eq!(again["version"], first["version"]);
    let other = json!({"title": "Other", "nrows": 1, "ncols": 1});
    let unfit = StatusCode::UNPROCESSABLE_ENTITY;
    refused(&server, ("PUT", &path), &key, &other, unfit).await;

    let seen = tag(&headers);
    let removal = [("if-match", seen.as_str()), ("idempotency-key", "k-2")];
    for replayed in [false, true] {
        let (status, headers, told) = server.call(("DELETE", &path), &removal, &Value::Null).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert_eq!(headers.contains_key("idempotency-replayed"), replayed);
        assert_eq!(told["removed"].as_array().unwrap().len(), 1);
    }
    refused(&server, ("PUT", &path), &key, &body, StatusCode::GONE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_removed_a_grid_is_told_to_those_who_look_for_it() {
    let server = Server::start();
    let id = GridId::derived("a");
    let removal = format!("/grids/{id}/removal");
    let unknown = async || {
        let asked = ("GET", removal.as_str());
        refused(&server, asked, &[], &Value::Null, StatusCode::NOT_FOUND).await
    };
    let told = unknown().await["detail"].to_string();
    assert!(told.contains("no removal of this grid is known"), "{told}");
    let body = json!({"steps": whole_grid("a", 9)});
    let (_, _, told) = server.call(("POST", "/topology"), &[], &body).await;
    let seen = told["stamp"].clone();
    let gone = |by: &str| {
        let step = json!({"op": "remove", "piece": {"kind": "grid", "id": id}, "based_on": seen});
        json!({"steps": [step], "by": by})
    };
    refused(
        &server,
        ("POST", "/topology"),
        &[],
        &gone(&"x".repeat(61)),
        StatusCode::BAD_REQUEST,
    )
    .await;
    unknown().await;
    let (status, _, told) = server.call(("POST", "/topology"), &[], &gone("Anna")).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let (status, _, told) = server.call(("GET", &removal), &[], &Value::Null).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!((&told["title"], &told["by"]), (&json!("a"), &json!("Anna")));
    assert!(told["time_ns"].as_i64() > Some(0));
}
