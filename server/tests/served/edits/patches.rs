//! Fields of a piece changed alone.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::super::support::Server;
use super::{arranged, cell_path, grid_path, layer_path, refused, tag};

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_changes_what_it_names_and_leaves_the_rest() {
    let server = Server::start();
    let [grid_tag, cell_tag, layer_tag] = arranged(&server).await;
    let seen = [("if-match", grid_tag.as_str())];
    let hide = json!({"enabled": false});
    let (status, headers, told) = server.call(("PATCH", &grid_path("g")), &seen, &hide).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!(told["value"]["enabled"], false);
    assert_eq!(told["value"]["title"], "Mine");
    assert_ne!(tag(&headers), grid_tag);

    let seen = [("if-match", cell_tag.as_str())];
    let named = json!({"title": "Camera", "geometry": {"row_span": 2}});
    let (status, headers, told) = server.call(("PATCH", &cell_path("c")), &seen, &named).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!(
        told["value"]["geometry"],
        json!({"row": 0, "col": 0, "row_span": 2, "col_span": 1})
    );
    let cell_tag = tag(&headers);
    let seen = [("if-match", cell_tag.as_str())];
    let unnamed = json!({"title": null});
    let (_, _, told) = server
        .call(("PATCH", &cell_path("c")), &seen, &unnamed)
        .await;
    assert_eq!(told["value"]["title"], Value::Null, "{told}");

    let seen = [("if-match", layer_tag.as_str())];
    let hide = json!({"hidden": true});
    let (status, _, told) = server.call(("PATCH", &layer_path("l")), &seen, &hide).await;
    assert_eq!(
        (status, &told["value"]["hidden"]),
        (StatusCode::OK, &json!(true)),
        "{told}"
    );
    assert_eq!(told["value"]["config"]["plotter"], "image");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_is_refused_like_any_other_write() {
    let server = Server::start();
    let [grid_tag, _, _] = arranged(&server).await;
    let (grid, wider) = (grid_path("g"), json!({"ncols": 3}));
    let told = refused(
        &server,
        patch(&grid),
        &[],
        &wider,
        StatusCode::PRECONDITION_REQUIRED,
    )
    .await;
    assert!(
        told["detail"].as_str().unwrap().contains("If-Match"),
        "{told}"
    );
    let seen = [("if-match", grid_tag.as_str())];
    for (path, body, expected) in [
        (
            &grid,
            json!({"ncols": 99}),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (&grid, json!({"columns": 3}), StatusCode::BAD_REQUEST),
        (&grid, json!({"title": 3}), StatusCode::BAD_REQUEST),
        (&grid, json!([1]), StatusCode::BAD_REQUEST),
        (
            &grid_path("none"),
            json!({"ncols": 3}),
            StatusCode::NOT_FOUND,
        ),
    ] {
        refused(&server, patch(path), &seen, &body, expected).await;
    }
    let (status, headers, _) = server.call(patch(&grid), &seen, &wider).await;
    assert_eq!(status, StatusCode::OK);
    let told = refused(
        &server,
        patch(&grid),
        &seen,
        &wider,
        StatusCode::PRECONDITION_FAILED,
    )
    .await;
    assert_eq!(told["current"]["piece"]["value"]["ncols"], 3, "{told}");
    assert!(headers.contains_key(header::ETAG));
}

fn patch(path: &str) -> (&str, &str) {
    ("PATCH", path)
}
