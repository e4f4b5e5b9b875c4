//! Grids that people keep as templates.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::id::TemplateId;
use shared::time::TimeNs;
use shared::topology::{KeptTemplate, MAX_TEMPLATES, StoredTemplate};

use super::support::{Server, detectors_grid};

fn address(name: &str) -> String {
    format!("/templates/{}", TemplateId::derived(name))
}

async fn keep(server: &Server, name: &str, body: &Value) -> (StatusCode, String) {
    let (status, _, told) = server.call(("PUT", &address(name)), &[], body).await;
    (
        status,
        told["detail"].as_str().unwrap_or_default().to_owned(),
    )
}

/// What removing answers: what brings the template back.
async fn remove(server: &Server, name: &str) -> (StatusCode, Value) {
    let (status, _, told) = server
        .call(("DELETE", &address(name)), &[], &Value::Null)
        .await;
    (status, told)
}

async fn restore(server: &Server, removed: &Value) -> (StatusCode, String) {
    let (status, _, told) = server.call(("POST", "/templates"), &[], removed).await;
    (
        status,
        told["detail"].as_str().unwrap_or_default().to_owned(),
    )
}

/// The templates that people keep.
async fn kept(server: &Server) -> Vec<Value> {
    let (status, templates) = server.get("/api/v1/templates").await;
    assert_eq!(status, StatusCode::OK);
    let templates = templates.as_array().expect("a list").iter();
    templates
        .filter(|it| it["kept"].is_object())
        .cloned()
        .collect()
}

fn detectors() -> Value {
    json!({"grid": detectors_grid(), "title": "Mine", "description": "For tests", "by": "Anna"})
}

fn stored(name: &str, document: &str) -> StoredTemplate {
    StoredTemplate {
        kept: KeptTemplate {
            id: TemplateId::derived(name),
            by: String::new(),
            time_ns: TimeNs(0),
        },
        title: name.to_owned(),
        document: document.to_owned(),
    }
}

#[tokio::test]
async fn a_grid_is_kept_as_a_template_once_and_let_go() {
    let server = Server::start();
    let (status, _) = keep(&server, "a", &detectors()).await;
    assert_eq!(status, StatusCode::CREATED);
    let (status, _) = keep(&server, "a", &detectors()).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "a repeat changes nothing");
    let templates = kept(&server).await;
    assert_eq!(templates.len(), 1);
    let template = &templates[0];
    assert_eq!(template["kept"]["by"], "Anna");
    assert_eq!(template["kept"]["id"], TemplateId::derived("a").to_string());
    assert!(template["kept"]["time_ns"].as_i64() > Some(0));
    assert_eq!(template["description"], "For tests");
    assert_eq!(template["remarks"], json!([]));
    let pieces = template["pieces"].as_array().expect("pieces");
    assert_eq!(pieces[0]["value"]["title"], "Mine");
    let grids = server.get("/api/v1/grids").await.1;
    let cells = grids["cells"].as_array().expect("cells").iter();
    let held = cells.filter(|it| it["value"]["grid"] == detectors_grid().to_string());
    let brought = pieces.iter().filter(|it| it["kind"] == "cell");
    assert_eq!(brought.count(), held.count());

    assert_eq!(remove(&server, "a").await.0, StatusCode::OK);
    assert_eq!(remove(&server, "a").await.0, StatusCode::NOT_FOUND);
    assert_eq!(kept(&server).await.len(), 0);
}

#[tokio::test]
async fn a_template_that_was_removed_comes_back_as_it_was() {
    let server = Server::start();
    keep(&server, "a", &detectors()).await;
    let before = &kept(&server).await[0];
    let (_, removed) = remove(&server, "a").await;
    assert_eq!(removed["title"], "Mine");
    assert_eq!(restore(&server, &removed).await.0, StatusCode::CREATED);
    assert_eq!(restore(&server, &removed).await.0, StatusCode::NO_CONTENT);
    let after = &kept(&server).await[0];
    let what = |it: &Value| (it["kept"].clone(), it["description"].clone());
    assert_eq!(what(after), what(before), "its id, its keeper and its time");
    assert_eq!(
        after["pieces"].as_array().map(Vec::len),
        before["pieces"].as_array().map(Vec::len)
    );

    let (_, removed) = remove(&server, "a").await;
    keep(&server, "b", &detectors()).await;
    let (status, reason) = restore(&server, &removed).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(reason.contains("called Mine"), "{reason}");
    remove(&server, "b").await;
    for (field, value, words) in [
        ("title", "Yours", "not of one grid called Yours"),
        ("document", "nrows: 1", "title"),
    ] {
        let mut other = removed.clone();
        other[field] = json!(value);
        let (status, reason) = restore(&server, &other).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{reason}");
        assert!(reason.contains(words), "{reason}");
    }
    assert_eq!(kept(&server).await.len(), 0);
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_the_reason() {
    let server = Server::start();
    let refused = async |name: &str, change: (&str, Value)| {
        let mut body = detectors();
        body[change.0] = change.1;
        keep(&server, name, &body).await
    };
    for (field, value, status, reason) in [
        ("grid", json!(TemplateId::derived("x")), 404, "no such grid"),
        ("title", json!("  "), 422, "a title is needed"),
        ("title", json!("x".repeat(201)), 422, "longer than 200"),
        (
            "description",
            json!("x".repeat(501)),
            422,
            "the description is longer than 500",
        ),
        ("by", json!("x".repeat(61)), 422, "longer than 60"),
        ("colour", json!(1), 400, "unknown field `colour`"),
    ] {
        let (got, detail) = refused("a", (field, value)).await;
        assert_eq!(
            (got.as_u16(), detail.contains(reason)),
            (status, true),
            "{field}: {detail}"
        );
    }
    assert_eq!(kept(&server).await.len(), 0);
    let (status, _) = keep(&server, "a", &detectors()).await;
    assert_eq!(status, StatusCode::CREATED);
    let (status, detail) = keep(&server, "b", &detectors()).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(detail.contains("called Mine"), "{detail}");
}

#[tokio::test]
async fn so_many_templates_are_kept_and_no_more() {
    let server = Server::start();
    for n in 0..MAX_TEMPLATES {
        let name = n.to_string();
        let template = stored(&name, &format!("title: '{n}'\n"));
        server
            .services
            .store
            .keep_template(&template)
            .expect("memory");
    }
    let (status, detail) = keep(&server, "one more", &detectors()).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(detail.contains("remove one first"), "{detail}");
    let (status, _) = keep(&server, "7", &detectors()).await;
    assert_eq!(
        status,
        StatusCode::NO_CONTENT,
        "one in its place is none more"
    );
    assert_eq!(kept(&server).await.len(), MAX_TEMPLATES);
}

#[tokio::test]
async fn a_template_that_does_not_fit_any_more_is_listed_with_what_is_left_out() {
    let server = Server::start();
    let gone = "title: Old\ncells:\n- geometry: {row: 0, col: 0, row_span: 1, col_span: 1}\n  layers:\n  - plotter: image\n    \
        sources:\n      primary: {workflow: dummy/gone/1, output: current, sources: [a]}\n";
    for (name, document) in [("gone", gone), ("broken", "title: [")] {
        let template = stored(name, document);
        server
            .services
            .store
            .keep_template(&template)
            .expect("memory");
    }
    let templates = kept(&server).await;
    let told = |title: &str| {
        let found = templates
            .iter()
            .find(|it| it["pieces"][0]["value"]["title"] == title);
        found.expect("it is listed")["remarks"][0]
            .as_str()
            .expect("a remark")
            .to_owned()
    };
    assert!(told("Old").contains("dummy/gone/1"), "{}", told("Old"));
    assert!(told("broken").contains("cannot be read any more"));
    assert_eq!(remove(&server, "broken").await.0, StatusCode::OK);
}
