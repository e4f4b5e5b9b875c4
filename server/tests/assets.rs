//! The client's files as a browser gets them: types, encodings, caching and what is missing.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use server::routes::assets::{Assets, AssetsError, routes};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// A site folder of our own that goes away with the test.
struct Site(TempDir);

impl Site {
    fn new() -> Self {
        let site = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir_all(site.path().join("pkg/5")).expect("the temporary folder is writable");
        for (name, content) in [
            (
                "manifest.json",
                r#"{"script":"pkg/app.1.js","loader":"pkg/5/b.js","wasm":"pkg/app.2.wasm","parts":["pkg/5/part.wasm"],"style":"pkg/s.3.css","icon":"pkg/i.4.svg"}"#,
            ),
            ("pkg/app.1.js", "plain script"),
            ("pkg/app.1.js.br", "brotli script"),
            ("pkg/app.1.js.gz", "gzip script"),
            ("pkg/app.2.wasm", "plain wasm"),
            ("pkg/5/b.js", "loader"),
            ("pkg/5/part.wasm", "part"),
            ("pkg/s.3.css", "plain style"),
            ("pkg/i.4.svg", "plain icon"),
        ] {
            fs::write(site.path().join(name), content).expect("the temporary folder is writable");
        }
        site
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn open(&self) -> Result<Assets, AssetsError> {
        Assets::open(Some(self.path()))
    }
}

async fn get(router: &Router, path: &str, accept: &str) -> Response {
    let request = Request::get(path)
        .header(header::ACCEPT_ENCODING, accept)
        .body(Body::empty());
    router
        .clone()
        .oneshot(request.expect("a proper request"))
        .await
        .expect("a router never fails")
}

async fn body(response: Response) -> Vec<u8> {
    to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("a body from memory")
        .to_vec()
}

fn header_of(response: &Response, name: header::HeaderName) -> Option<&str> {
    response.headers().get(name).and_then(|it| it.to_str().ok())
}

#[tokio::test]
async fn the_best_accepted_form_is_sent() {
    let site = Site::new();
    let router = routes(Arc::new(site.open().expect("a whole site")));
    for (accept, encoding, content) in [
        ("gzip, deflate, br", Some("br"), "brotli script"),
        ("gzip, br;q=0", Some("gzip"), "gzip script"),
        ("identity", None, "plain script"),
    ] {
        let response = get(&router, "/pkg/app.1.js", accept).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(
            header_of(&response, header::CONTENT_ENCODING),
            encoding,
            "{accept}"
        );
        assert_eq!(header_of(&response, header::VARY), Some("accept-encoding"));
        assert_eq!(
            header_of(&response, header::CACHE_CONTROL),
            Some("public, max-age=31536000, immutable")
        );
        assert_eq!(body(response).await, content.as_bytes());
    }
}

#[tokio::test]
async fn every_file_has_its_type_and_the_plain_form_stands_in() {
    let site = Site::new();
    let assets = site.open().expect("a whole site");
    assert_eq!(assets.names().wasm, "/pkg/app.2.wasm");
    let router = routes(Arc::new(assets));
    for (name, content_type) in [
        ("app.1.js", "text/javascript; charset=utf-8"),
        ("app.2.wasm", "application/wasm"),
        ("5/b.js", "text/javascript; charset=utf-8"),
        ("5/part.wasm", "application/wasm"),
        ("s.3.css", "text/css; charset=utf-8"),
        ("i.4.svg", "image/svg+xml"),
    ] {
        let response = get(&router, &format!("/pkg/{name}"), "br").await;
        assert_eq!(
            header_of(&response, header::CONTENT_TYPE),
            Some(content_type)
        );
    }
    let response = get(&router, "/pkg/app.2.wasm", "br").await;
    assert_eq!(header_of(&response, header::CONTENT_ENCODING), None);
    assert_eq!(body(response).await, b"plain wasm");
}

#[tokio::test]
async fn an_old_name_is_a_problem_that_nobody_keeps() {
    let site = Site::new();
    let router = routes(Arc::new(site.open().expect("a whole site")));
    for path in [
        "/pkg/app.0.js",
        "/pkg/app.1.js.br",
        "/pkg/6/part.wasm",
        "/pkg/..%2Fmanifest.json",
    ] {
        let response = get(&router, path, "br").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(
            header_of(&response, header::CONTENT_TYPE),
            Some("application/problem+json")
        );
        assert_eq!(
            header_of(&response, header::CACHE_CONTROL),
            Some("no-store")
        );
        let problem: serde_json::Value =
            serde_json::from_slice(&body(response).await).expect("JSON");
        assert_eq!(problem["status"], 404);
    }
}

#[test]
fn a_broken_site_says_what_to_do() {
    let site = Site::new();
    fs::remove_file(site.path().join("pkg/s.3.css")).expect("it was just written");
    let error = site.open().expect_err("the style is missing").to_string();
    assert_eq!(
        error,
        "the client lacks pkg/s.3.css: build it again by `cargo xtask serve`"
    );

    fs::write(site.path().join("manifest.json"), "{").expect("the temporary folder is writable");
    assert!(matches!(site.open(), Err(AssetsError::Malformed(_))));

    let error = Assets::open(Some(&site.path().join("nowhere"))).expect_err("no such folder");
    assert!(
        error.to_string().contains("nowhere/manifest.json"),
        "{error}"
    );
}
