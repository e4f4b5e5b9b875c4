//! Grids that are kept as files, brought back, or taken from the instrument's templates.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::support::{Server, detectors_grid};

async fn yaml(server: &Server, path: &str) -> (String, String) {
    let request = Request::get(format!("/api/v1{path}")).body(Body::empty());
    let response = server.send(request.expect("a proper request")).await;
    assert_eq!(response.status(), StatusCode::OK);
    let name = response.headers()[header::CONTENT_DISPOSITION].to_str();
    let name = name.expect("a name is ASCII").to_owned();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await;
    let text = String::from_utf8(body.expect("complete").to_vec());
    (name, text.expect("YAML is text"))
}

/// Adds a draft as a page does.
async fn add(server: &Server, draft: &Value) {
    let pieces = draft["pieces"].as_array().expect("pieces").iter();
    let steps: Vec<Value> = pieces
        .map(|piece| json!({"op": "put", "piece": piece}))
        .collect();
    let (status, _, told) = server
        .call(("POST", "/topology"), &[], &json!({"steps": steps}))
        .await;
    assert_eq!(status, StatusCode::OK, "{told}");
}

#[tokio::test]
async fn a_grid_is_kept_as_a_file_and_brought_back_as_another() {
    let server = Server::start();
    let (name, text) = yaml(&server, &format!("/grids/{}/yaml", detectors_grid())).await;
    assert_eq!(name, "attachment; filename=\"dummy_Detectors.yaml\"");
    let (_, before) = server.get("/api/v1/grids").await;
    let (status, drafts) = server.post("/api/v1/drafts", text.clone()).await;
    assert_eq!(status, StatusCode::OK, "{drafts}");
    assert_eq!(drafts.as_array().map(Vec::len), Some(1));
    assert_eq!(drafts[0]["remarks"], json!([]));
    let id = drafts[0]["pieces"][0]["value"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    assert_ne!(id, detectors_grid().to_string());

    let (_, after) = server.get("/api/v1/grids").await;
    assert_eq!(after["grids"], before["grids"], "a draft is no grid yet");
    add(&server, &drafts[0]).await;
    let (_, again) = yaml(&server, &format!("/grids/{id}/yaml")).await;
    assert_eq!(again, text);
}

#[tokio::test]
async fn regions_of_a_file_come_once_however_often_it_is_added() {
    let server = Server::start();
    let text = include_str!("../grid_files/livedata.yaml");
    for _ in 0..2 {
        let (status, drafts) = server.post("/api/v1/drafts", text).await;
        assert_eq!(status, StatusCode::OK, "{drafts}");
        add(&server, &drafts[0]).await;
    }
    let (_, told) = server.get("/api/v1/regions").await;
    let regions = told["regions"].as_array().expect("a list");
    assert_eq!(regions.len(), 1, "{told}");
    let area = json!({"rectangle": {"x": [5.0, 20.0], "y": [5.0, 20.0]}});
    assert_eq!(regions[0]["value"]["area"], area);
}

#[tokio::test]
async fn all_grids_share_one_file() {
    let server = Server::start();
    let (_, text) = yaml(&server, "/topology/yaml").await;
    let (_, drafts) = server.post("/api/v1/drafts", text).await;
    let titles: Vec<_> = drafts
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["pieces"][0]["value"]["title"].as_str().expect("a title"))
        .collect();
    assert_eq!(titles[..2], ["Detectors", "Beam & environment"]);
}

#[tokio::test]
async fn templates_can_be_added_more_than_once() {
    let server = Server::start();
    for _ in 0..2 {
        let (status, templates) = server.get("/api/v1/templates").await;
        assert_eq!(status, StatusCode::OK);
        assert!(templates[0]["description"].is_string());
        add(&server, &templates[0]).await;
    }
}

#[tokio::test]
async fn what_describes_no_grid_is_refused_with_the_place() {
    let server = Server::start();
    let text = "title: A\ncells:\n- geometry: {row: 0, col: 0}\n  layers: []\n";
    let (status, problem) = server.post("/api/v1/drafts", text).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let detail = problem["detail"].as_str().expect("a reason");
    assert!(
        detail.starts_with("line 3, column 13, grid 1, cell 1, geometry: "),
        "{detail}"
    );
    let (status, _) = server.post("/api/v1/drafts", vec![0xff, 0xfe]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}
