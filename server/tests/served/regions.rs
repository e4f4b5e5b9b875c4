//! Regions of interest over HTTP: who wins, what is refused, and the spectra that jobs make of them.

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};
use server::store::Store;
use shared::id::{CellId, GridId, LayerId, RegionId, SessionId};
use shared::time::TimeNs;

use super::support::{Server, first_call, panel_events};

fn path(name: &str) -> String {
    format!("/regions/{}", RegionId::derived(name))
}

/// A rectangle on the panel's image, as a script puts it.
fn rectangle(x: [f64; 2], y: [f64; 2]) -> Value {
    json!({
        "workflow": "dummy/panel_0_xy/1",
        "source": "panel_0",
        "area": {"rectangle": {"x": x, "y": y}},
    })
}

async fn put(server: &Server, name: &str, body: &Value) -> (StatusCode, HeaderMap, Value) {
    server.call(("PUT", &path(name)), &[], body).await
}

async fn create(server: &Server, name: &str, body: &Value) -> (String, Value) {
    let (status, headers, told) = put(server, name, body).await;
    assert_eq!(status, StatusCode::CREATED, "{told}");
    let tag = headers[header::ETAG]
        .to_str()
        .expect("a tag is ASCII")
        .to_owned();
    (tag, told["value"].clone())
}

async fn regions(server: &Server) -> Vec<Value> {
    let (_, told) = server.get("/api/v1/regions").await;
    let regions = told["regions"].as_array().into_iter().flatten();
    regions.map(|it| it["value"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_out_is_free_and_what_is_there_is_kept() {
    let server = Server::start();
    let (_, first) = create(&server, "a", &rectangle([0.0, 3.0], [0.0, 1.0])).await;
    assert_eq!(
        (&first["name"], &first["colour"]),
        (&json!("Region 1"), &json!(0))
    );
    assert_eq!(first["changed_by"], "a script");
    let (_, second) = create(&server, "b", &rectangle([5.0, 6.0], [5.0, 6.0])).await;
    assert_eq!(
        (&second["name"], &second["colour"]),
        (&json!("Region 2"), &json!(1))
    );
    let mut named = rectangle([0.0, 4.0], [0.0, 1.0]);
    named["name"] = json!("Peak");
    put(&server, "a", &named).await;
    let (status, _, told) = put(&server, "a", &rectangle([0.0, 5.0], [0.0, 1.0])).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(told["value"]["name"], "Peak");
    assert_eq!(told["value"]["area"]["rectangle"]["x"], json!([0.0, 5.0]));
    assert_eq!(regions(&server).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_last_wins_and_is_named_unless_a_version_is_asked_for() {
    let server = Server::start();
    let call = first_call(SessionId::random());
    let known = server.sync(&call).await["stamp"].clone();
    let (old, _) = create(&server, "a", &rectangle([0.0, 3.0], [0.0, 1.0])).await;
    create(&server, "b", &rectangle([8.0, 9.0], [0.0, 1.0])).await;
    let mut theirs = rectangle([0.0, 7.0], [0.0, 1.0]);
    theirs["changed_by"] = json!("page 77aa");
    let (status, _, _) = put(&server, "a", &theirs).await;
    assert_eq!(status, StatusCode::OK);
    let mut next = call.clone();
    next["known"] = known;
    let told = server.sync(&next).await;
    let changes: Vec<&Value> = told["changes"].as_array().unwrap().iter().collect();
    let told_of = |name: &str| {
        let id = json!(RegionId::derived(name));
        *changes.iter().find(|it| it["id"] == id).expect(name)
    };
    assert_eq!(told_of("a")["kind"], "region");
    assert_eq!(told_of("a")["value"]["changed_by"], "page 77aa");
    assert_eq!(
        told_of("a")["value"]["area"]["rectangle"]["x"],
        json!([0.0, 7.0])
    );
    assert_eq!(told_of("b")["op"], "upsert", "the other one survives");

    let seen = [("if-match", old.as_str())];
    let (status, _, told) = server.call(("PUT", &path("a")), &seen, &theirs).await;
    assert_eq!(status, StatusCode::PRECONDITION_FAILED, "{told}");
    assert_eq!(told["current"]["piece"]["value"]["changed_by"], "page 77aa");
    let (status, ..) = server
        .call(("DELETE", &path("a")), &seen, &Value::Null)
        .await;
    assert_eq!(status, StatusCode::PRECONDITION_FAILED);
    let (status, ..) = server.call(("DELETE", &path("a")), &[], &Value::Null).await;
    assert_eq!(status, StatusCode::OK);
    let (status, ..) = server.call(("DELETE", &path("a")), &[], &Value::Null).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(regions(&server).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_removed_a_region_is_told() {
    let server = Server::start();
    let removal = format!("{}/removal", path("a"));
    let (_, first) = create(&server, "a", &rectangle([0.0, 3.0], [0.0, 1.0])).await;
    let (status, _, told) = server.call(("GET", &removal), &[], &Value::Null).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let detail = told["detail"].to_string();
    assert!(detail.contains("no removal of this region"), "{detail}");
    let step = json!({"op": "remove", "piece": {"kind": "region", "id": first["id"]}});
    let body = json!({"steps": [step], "by": "Anna"});
    let (status, _, told) = server.call(("POST", "/topology"), &[], &body).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let (_, _, told) = server.call(("GET", &removal), &[], &Value::Null).await;
    assert_eq!(
        (&told["title"], &told["by"]),
        (&json!("Region 1"), &json!("Anna"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_at_its_field() {
    let server = Server::start();
    let with = |key: &str, value: Value| {
        let mut body = rectangle([0.0, 1.0], [0.0, 1.0]);
        body[key] = value;
        body
    };
    let bow = json!({"polygon": {"vertices": [[0.0, 0.0], [1.0, 1.0]]}});
    for (body, field) in [
        (rectangle([1.0, 1.0], [0.0, 1.0]), "area.rectangle.x"),
        (with("area", bow), "area.polygon.vertices"),
        (with("name", json!("")), "name"),
        (with("colour", json!(12)), "colour"),
        (with("workflow", json!("dummy/nothing/1")), "workflow"),
        (with("workflow", json!("dummy/total_counts/1")), "workflow"),
        (with("source", json!("panel_9")), "source"),
    ] {
        let (status, _, told) = put(&server, "a", &body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert_eq!(told["field"], field, "{told}");
    }
    for bad in [with("novel", json!(1)), with("area", json!({"star": {}}))] {
        let (status, ..) = put(&server, "a", &bad).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
    for n in 0..8 {
        create(&server, &n.to_string(), &rectangle([0.0, 1.0], [0.0, 1.0])).await;
    }
    let (status, _, told) = put(&server, "9", &rectangle([0.0, 1.0], [0.0, 1.0])).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        told["detail"].as_str().unwrap().contains("8 rectangles"),
        "{told}"
    );
    let round = json!({"ellipse": {"centre": [0.0, 0.0], "radii": [1.0, 1.0]}});
    create(&server, "9", &with("area", round)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn regions_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Store::open(folder.path(), "dummy", TimeNs(0)).expect("the folder can be used");
    let server = Server::start_on(open());
    create(&server, "a", &rectangle([0.25, 3.0], [0.0, 1e-3])).await;
    create(&server, "b", &rectangle([0.0, 1.0], [0.0, 1.0])).await;
    server.call(("DELETE", &path("b")), &[], &Value::Null).await;
    let before = regions(&server).await;
    drop(server);
    let server = Server::start_on(open());
    assert_eq!(regions(&server).await, before);
    assert_eq!(before.len(), 1);
    // Its spectrum, too, without anybody having touched it.
    let layer = spectra_layer(&server, "roi_spectra_cumulative").await;
    server.feed(slots(0, &[1, 2, 3, 129]));
    until_total(&server, layer, &[18]).await;
}

/// Nine pulses, which are three slots of data, the last of them complete.
fn slots(from: i64, pixels: &[i32]) -> Vec<(&'static str, Vec<u8>)> {
    (from..from + 9)
        .map(|pulse| panel_events(pulse, pixels))
        .collect()
}

/// A layer that shows an output of the panel as lines.
async fn spectra_layer(server: &Server, output: &str) -> LayerId {
    let source =
        json!({"workflow": "dummy/panel_0_xy/1", "output": output, "sources": ["panel_0"]});
    let config = json!({"plotter": "lines", "sources": {"primary": source}});
    let (grid, cell) = (GridId::derived(output), CellId::derived(output));
    let place = json!({"row": 0, "col": 0, "row_span": 1, "col_span": 1});
    let layer = LayerId::derived(output);
    for (path, body) in [
        (
            format!("/grids/{grid}"),
            json!({"title": "G", "nrows": 1, "ncols": 1}),
        ),
        (
            format!("/cells/{cell}"),
            json!({"grid": grid, "geometry": place}),
        ),
        (
            format!("/layers/{layer}"),
            json!({"cell": cell, "config": config}),
        ),
    ] {
        let (status, _, told) = server.call(("PUT", &path), &[], &body).await;
        assert_eq!(status, StatusCode::CREATED, "{told}");
    }
    layer
}

/// The counts of each region, added up over time of arrival.
fn totals(data: &Value) -> Vec<u64> {
    let array = &data["arrays"][0];
    let bins = array["shape"][1].as_u64().expect("two dimensions") as usize;
    let values = array["values"].as_array().into_iter().flatten();
    let counts: Vec<u64> = values.filter_map(Value::as_u64).collect();
    counts.chunks(bins).map(|row| row.iter().sum()).collect()
}

async fn until_total(server: &Server, layer: LayerId, expected: &[u64]) -> Value {
    let what = format!("spectra of {expected:?} counts");
    server
        .until(&what, async |server| {
            let data = server.layer_data(layer).await;
            (totals(&data) == expected).then_some(data)
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn spectra_follow_regions_over_what_was_accumulated() {
    let server = Server::start();
    let layer = spectra_layer(&server, "roi_spectra_cumulative").await;
    // Pixel 1 is at (0, 0), pixel 130 at (1, 1).
    server.feed(slots(0, &[1, 130, 130]));
    until_total(&server, layer, &[]).await;
    // All nine pulses are in the table, whether or not their slot is closed.
    create(&server, "a", &rectangle([1.0, 1.0001], [0.5, 1.5])).await;
    server.feed(slots(9, &[1]));
    until_total(&server, layer, &[18]).await;
    let mut wider = rectangle([0.0, 1.5], [-0.5, 1.5]);
    wider["name"] = json!("Wide");
    wider["colour"] = json!(5);
    put(&server, "a", &wider).await;
    create(&server, "b", &rectangle([-0.5, 0.5], [-0.5, 0.5])).await;
    server.feed(slots(18, &[1, 130]));
    let data = until_total(&server, layer, &[27, 27 + 27]).await;
    let names = &data["arrays"][0]["coords"]["roi"]["values"];
    assert_eq!(names, &json!(["Region 1", "Wide"]));
    let mut call = first_call(SessionId::random());
    call["grid"] = json!(GridId::derived("roi_spectra_cumulative"));
    let curves = server
        .until("curves", async |server| {
            let answer = server.sync(&call).await;
            let curves = answer["frames"][0]["frame"]["body"]["curves"]["series"].clone();
            (curves.as_array().map(Vec::len) == Some(2)).then_some(curves)
        })
        .await;
    assert_eq!(
        (&curves[1]["name"], &curves[1]["colour"]),
        (&json!("Wide"), &json!(5))
    );

    // No data come: what changes is shown all the same.
    server.call(("DELETE", &path("b")), &[], &Value::Null).await;
    until_total(&server, layer, &[54]).await;
    // A new generation begins with the regions that there are.
    let start = "/api/v1/workflows/dummy/panel_0_xy/1/start";
    let (status, _) = server.post(start, "").await;
    assert!(status.is_success());
    server.feed(slots(27, &[1, 1, 5]));
    until_total(&server, layer, &[18]).await;
}
