//! Refuses what another site's page sends: writes and wakes come from our own pages, or from no page at all.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::problem::Problem;

pub(super) async fn require_same_origin(request: Request, next: Next) -> Response {
    let guarded = request.method() != Method::GET || request.uri().path().ends_with("/wake");
    if guarded && is_foreign(request.headers()) {
        let detail =
            "this request comes from a page of another site: open Beamdeck by its own address";
        return Problem::new(StatusCode::FORBIDDEN, detail).into_response();
    }
    next.run(request).await
}

/// Browsers say where a request comes from; scripts do not, and cannot be misled by a page.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else {
        return false;
    };
    let authority = origin
        .parse::<Uri>()
        .ok()
        .and_then(|uri| uri.authority().cloned());
    authority.is_none_or(|authority| Some(authority.as_str()) != text(header::HOST.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn own_pages_and_scripts_pass() {
        assert!(!is_foreign(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!is_foreign(&headers(&[
            ("origin", "http://a:8200"),
            ("host", "a:8200")
        ])));
        assert!(!is_foreign(&headers(&[])));
    }

    #[test]
    fn pages_of_other_sites_do_not() {
        assert!(is_foreign(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(is_foreign(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(is_foreign(&headers(&[
            ("origin", "http://b"),
            ("host", "a:8200")
        ])));
        assert!(is_foreign(&headers(&[
            ("origin", "null"),
            ("host", "a:8200")
        ])));
    }
}
