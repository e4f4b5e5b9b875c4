//! What callers say they take, in `Accept` and `Accept-Encoding` (RFC 9110, 12.5): the one reader of such headers.

use axum::http::{HeaderMap, header};

/// JSON.
pub(super) const JSON: &str = "application/json";

/// Which of the media types `offered` the caller likes best: the first of them without a preference, or where nothing
/// fits.
pub(super) fn best_media_type<'a>(headers: &HeaderMap, offered: &[&'a str]) -> &'a str {
    let lines = headers.get_all(header::ACCEPT).iter();
    let accept: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
    let accept = accept.join(",");
    let weight = |media_type: &str| {
        let kind = media_type.split('/').next().unwrap_or_default();
        weight_of(&accept, &[media_type, &format!("{kind}/*"), "*/*"])
    };
    let better = |best: &'a str, other: &'a str| {
        if weight(other) > weight(best) {
            other
        } else {
            best
        }
    };
    offered.iter().copied().reduce(better).unwrap_or(JSON)
}

/// Whether `Accept-Encoding` allows an encoding: by its own name, else by `*`, and not with a weight of zero. Without
/// the header only plain bytes are sent.
pub(super) fn allows_encoding(headers: &HeaderMap, encoding: &str) -> bool {
    let header = headers.get(header::ACCEPT_ENCODING);
    let header = header.and_then(|value| value.to_str().ok());
    header.is_some_and(|header| weight_of(header, &[encoding, "*"]) > 0.0)
}

/// The weight of the first of `names` that stands in a list such as `gzip;q=0.5, *`; zero when none does.
fn weight_of(list: &str, names: &[&str]) -> f32 {
    let find = |wanted: &&str| {
        let mut members = list.split(',').map(member);
        members.find(|(name, _)| name.eq_ignore_ascii_case(wanted))
    };
    names
        .iter()
        .find_map(find)
        .map_or(0.0, |(_, weight)| weight)
}

/// A member of the list with its weight, which is 1 unless it is told.
fn member(text: &str) -> (&str, f32) {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| {
        let weight = part
            .strip_prefix("q=")
            .or_else(|| part.strip_prefix("Q="))?;
        weight.parse::<f32>().ok()
    });
    (name, weight.unwrap_or(1.0))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    fn headers(name: HeaderName, lines: &[&str]) -> HeaderMap {
        let line = |line: &&str| (name.clone(), line.parse().unwrap());
        lines.iter().map(line).collect()
    }

    #[test]
    fn encodings_names_weights_and_the_star_are_respected() {
        for (header, brotli, gzip) in [
            (&["gzip, deflate, br, zstd"][..], true, true),
            (&["gzip"], false, true),
            (&["GZIP;q=0.5 , br;q=0"], false, true),
            (&["*"], true, true),
            (&["*;q=0.0"], false, false),
            (&["br;q=0, *"], false, true),
            (&["identity"], false, false),
            (&[""], false, false),
            (&[], false, false),
        ] {
            let headers = headers(header::ACCEPT_ENCODING, header);
            assert_eq!(allows_encoding(&headers, "br"), brotli, "br in {header:?}");
            assert_eq!(
                allows_encoding(&headers, "gzip"),
                gzip,
                "gzip in {header:?}"
            );
        }
    }

    #[test]
    fn the_media_type_liked_best_is_sent() {
        for (accept, expected) in [
            (&[][..], JSON),
            (&["*/*"], JSON),
            (&["text/html"], JSON),
            (&["text/csv"], "text/csv"),
            (&["Text/CSV; charset=utf-8"], "text/csv"),
            (&["text/*, application/json;q=0.9"], "text/csv"),
            (&["text/csv;q=0.5, */*"], JSON),
            (&["text/csv;q=0"], JSON),
            (&["application/json;q=0.1", "text/csv;q=0.2"], "text/csv"),
            (&["text/csv-schema"], JSON),
        ] {
            let headers = headers(header::ACCEPT, accept);
            let found = best_media_type(&headers, &[JSON, "text/csv"]);
            assert_eq!(found, expected, "{accept:?}");
        }
    }
}
