//! The program with its client inside, as a release is: page and files come without any folder beside it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use server::clock::Clock;
use server::instrument;
use server::routes::assets::Assets;
use server::routes::{AllowedHosts, build_router};
use server::services::{DashboardServices, ServicesConfig};
use server::store::Store;
use tower::ServiceExt as _;

async fn get(router: &Router, path: &str) -> Response<Body> {
    let request = Request::get(path)
        .header(header::ACCEPT_ENCODING, "br")
        .body(Body::empty())
        .expect("a proper request");
    let answer = router.clone().oneshot(request).await;
    answer.expect("a router never fails")
}

#[tokio::test]
async fn page_and_files_come_from_the_program_alone() {
    let instrument = instrument::load("dummy", None).expect("the dummy instrument is shipped");
    let (config, store) = (ServicesConfig::default(), Store::in_memory());
    let services = DashboardServices::new(instrument, config, store, Clock::system())
        .expect("threads can be started");
    let assets = Assets::open(None).expect("the client is inside");
    let names = assets.names().clone();
    let hosts = AllowedHosts::new(&[]);
    let router = build_router(Arc::clone(&services), Arc::new(assets), hosts);

    let page = get(&router, "/status").await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = to_bytes(page.into_body(), 1 << 20).await.expect("a page");
    let page = String::from_utf8(page.to_vec()).expect("text");
    let home = names.loader.trim_end_matches("parts.js");
    let part = format!("{home}split_arranging.wasm");
    let of_page = [
        names.script.clone(),
        names.loader.clone(),
        names.wasm,
        names.style,
        names.icon,
    ];
    for name in &of_page {
        assert!(page.contains(name), "the page does not load {name}");
    }
    for name in of_page.into_iter().chain([part]) {
        let file = get(&router, &name).await;
        assert_eq!(file.status(), StatusCode::OK, "{name}");
        let headers = file.headers();
        assert_eq!(headers[header::CONTENT_ENCODING], "br", "{name}");
        let kept = headers[header::CACHE_CONTROL].to_str();
        assert!(kept.is_ok_and(|it| it.contains("immutable")), "{name}");
        let bytes = to_bytes(file.into_body(), 1 << 24).await.expect("a file");
        assert!(!bytes.is_empty(), "{name}");
    }
    services.stop();
}
