//! Arranging over HTTP, piece by piece, by people who act at once.

mod patches;
mod pictures;
mod together;

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};
use shared::id::{CellId, GridId, LayerId, SessionId};
use shared::topology::Refusal;

use super::support::Server;

fn grid_path(name: &str) -> String {
    format!("/grids/{}", GridId::derived(name))
}

fn cell_path(name: &str) -> String {
    format!("/cells/{}", CellId::derived(name))
}

fn layer_path(name: &str) -> String {
    format!("/layers/{}", LayerId::derived(name))
}

fn place(row: u32, col: u32) -> Value {
    json!({"row": row, "col": col, "row_span": 1, "col_span": 1})
}

fn image_config(params: &Value) -> Value {
    let source =
        json!({"workflow": "dummy/panel_0_xy/1", "output": "current", "sources": ["panel_0"]});
    json!({"plotter": "image", "sources": {"primary": source}, "params": params})
}

fn tag(headers: &HeaderMap) -> String {
    let tag = headers[header::ETAG].to_str();
    tag.expect("a tag is ASCII").to_owned()
}

/// Puts what is expected to be created, and returns its tag.
async fn create(server: &Server, path: &str, body: &Value) -> String {
    let (status, headers, told) = server.call(("PUT", path), &[], body).await;
    assert_eq!(status, StatusCode::CREATED, "{told}");
    tag(&headers)
}

/// A grid of two by two called `g` with a cell `c` and its layer `l`; the tags of the three.
async fn arranged(server: &Server) -> [String; 3] {
    let grid = json!({"title": "Mine", "nrows": 2, "ncols": 2});
    let cell = json!({"grid": GridId::derived("g"), "geometry": place(0, 0)});
    let layer = json!({"cell": CellId::derived("c"), "config": image_config(&json!({}))});
    [
        create(server, &grid_path("g"), &grid).await,
        create(server, &cell_path("c"), &cell).await,
        create(server, &layer_path("l"), &layer).await,
    ]
}

async fn refused(
    server: &Server,
    (method, path): (&str, &str),
    headers: &[(&str, &str)],
    body: &Value,
    expected: StatusCode,
) -> Value {
    let before = server.services.committer.read().stamp();
    let (status, answered, told) = server.call((method, path), headers, body).await;
    assert_eq!(status, expected, "{told}");
    assert_eq!(answered[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!(server.services.committer.read().stamp(), before);
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_is_created_read_replaced_and_removed() {
    let server = Server::start();
    let [grid_tag, cell_tag, layer_tag] = arranged(&server).await;
    let (_, _, told) = server
        .call(("GET", &grid_path("g")), &[], &Value::Null)
        .await;
    assert_eq!(told["value"]["enabled"], true);
    let order = told["value"]["order"].clone();
    let (_, _, grids) = server.call(("GET", "/grids"), &[], &Value::Null).await;
    let count = grids["grids"].as_array().expect("a list").len();
    assert_eq!(order, count - 1, "the last tab: {told}");
    let (_, headers, told) = server
        .call(("GET", &layer_path("l")), &[], &Value::Null)
        .await;
    assert_eq!(tag(&headers), layer_tag);
    assert!(told["value"]["title"].as_str().unwrap().len() > 3, "{told}");

    let larger = json!({"title": "Mine", "nrows": 3, "ncols": 2});
    let seen = [("if-match", grid_tag.as_str())];
    let (status, headers, told) = server.call(("PUT", &grid_path("g")), &seen, &larger).await;
    assert_eq!(
        (status, &told["value"]["nrows"]),
        (StatusCode::OK, &json!(3))
    );
    assert_eq!(told["value"]["order"], order, "it stays where it was");
    let version = told["version"].as_u64().unwrap();
    assert!(tag(&headers).ends_with(&format!(".{version}\"")));

    let seen = [("if-match", cell_tag.as_str())];
    let (status, _, told) = server
        .call(("DELETE", &cell_path("c")), &seen, &Value::Null)
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(told["removed"].as_array().unwrap().len(), 2, "{told}");
    for path in [cell_path("c"), layer_path("l")] {
        refused(
            &server,
            ("GET", &path),
            &[],
            &Value::Null,
            StatusCode::NOT_FOUND,
        )
        .await;
    }
    let missing = ("DELETE", cell_path("c"));
    refused(
        &server,
        (missing.0, &missing.1),
        &seen,
        &Value::Null,
        StatusCode::NOT_FOUND,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_exists_is_not_overwritten_unseen() {
    let server = Server::start();
    let [tag, ..] = arranged(&server).await;
    let path = grid_path("g");
    let other = json!({"title": "Other", "nrows": 2, "ncols": 2});
    let unseen = StatusCode::PRECONDITION_REQUIRED;
    refused(&server, ("PUT", &path), &[], &other, unseen).await;
    refused(&server, ("DELETE", &path), &[], &Value::Null, unseen).await;
    let same = json!({"title": "Mine", "nrows": 2, "ncols": 2});
    let (status, headers, _) = server.call(("PUT", &path), &[], &same).await;
    assert_eq!(status, StatusCode::OK, "it is as asked already");
    assert_eq!(headers[header::ETAG], tag);
    let bad = [("if-match", "*")];
    refused(
        &server,
        ("PUT", &path),
        &bad,
        &other,
        StatusCode::BAD_REQUEST,
    )
    .await;
    let old = format!("\"{}.1\"", SessionId::random());
    let another_run = [("if-match", old.as_str())];
    let lost = StatusCode::PRECONDITION_FAILED;
    refused(&server, ("PUT", &path), &another_run, &other, lost).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_act_at_once_one_learns_what_the_other_did() {
    let server = Server::start();
    let [tag, ..] = arranged(&server).await;
    let path = grid_path("g");
    let titled = |title: &str| json!({"title": title, "nrows": 2, "ncols": 2});
    let (first, second) = (titled("First"), titled("Second"));
    let seen = [("if-match", tag.as_str())];
    let (one, other) = tokio::join!(
        server.call(("PUT", &path), &seen, &first),
        server.call(("PUT", &path), &seen, &second)
    );
    let (winner, loser) = if one.0 == StatusCode::OK {
        (one, other)
    } else {
        (other, one)
    };
    assert_eq!(winner.0, StatusCode::OK);
    assert_eq!(loser.0, StatusCode::PRECONDITION_FAILED, "{}", loser.2);
    let current = &loser.2["current"];
    assert_eq!(current["version"], winner.2["version"]);
    assert_eq!(current["piece"]["value"], winner.2["value"]);
    let told: Refusal = serde_json::from_value(loser.2.clone()).unwrap();
    assert_eq!(
        told.piece,
        told.current.map(|it| it.piece.id()),
        "as pages read it"
    );
    assert!(
        loser.2["detail"]
            .as_str()
            .unwrap()
            .contains("changed meanwhile")
    );
    let (_, _, now) = server.call(("GET", &path), &[], &Value::Null).await;
    assert_eq!(now["value"], winner.2["value"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_told_with_piece_and_field() {
    let server = Server::start();
    let [_, _, layer_tag] = arranged(&server).await;
    let overlapping = json!({"grid": GridId::derived("g"), "geometry": place(0, 0)});
    let path = cell_path("d");
    let told = refused(
        &server,
        ("PUT", &path),
        &[],
        &overlapping,
        StatusCode::CONFLICT,
    )
    .await;
    assert_eq!(
        told["piece"],
        json!({"kind": "cell", "id": CellId::derived("d")})
    );
    assert!(
        told["detail"].as_str().unwrap().contains("overlap"),
        "{told}"
    );
    let path = layer_path("l");
    let seen = [("if-match", layer_tag.as_str())];
    let told = refused(
        &server,
        ("DELETE", &path),
        &seen,
        &Value::Null,
        StatusCode::CONFLICT,
    )
    .await;
    assert!(told["detail"].as_str().unwrap().contains("remove the cell"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_cannot_be_is_told_at_its_field() {
    let server = Server::start();
    let [_, _, layer_tag] = arranged(&server).await;
    let path = layer_path("l");
    let seen = [("if-match", layer_tag.as_str())];
    for (config, field) in [
        (
            image_config(&json!({"window": {"seconds": -1}})),
            "config.params.window.seconds",
        ),
        (
            json!({"plotter": "pie", "sources": {}, "params": {}}),
            "config.plotter",
        ),
    ] {
        let layer = json!({"cell": CellId::derived("c"), "title": "x", "config": config});
        let unfit = StatusCode::UNPROCESSABLE_ENTITY;
        let told = refused(&server, ("PUT", &path), &seen, &layer, unfit).await;
        assert_eq!(told["field"], field);
    }
    let misspelt = json!({"title": "x", "nrows": 1, "ncols": 1, "colour": "red"});
    let path = grid_path("new");
    refused(
        &server,
        ("PUT", &path),
        &[],
        &misspelt,
        StatusCode::BAD_REQUEST,
    )
    .await;
    let of_another = json!({"id": GridId::derived("g"), "title": "x", "nrows": 1, "ncols": 1});
    refused(
        &server,
        ("PUT", &path),
        &[],
        &of_another,
        StatusCode::BAD_REQUEST,
    )
    .await;
    let bad_id = ("PUT", "/grids/abc");
    refused(&server, bad_id, &[], &Value::Null, StatusCode::BAD_REQUEST).await;
}
