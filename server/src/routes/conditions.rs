//! `If-Match` and `Idempotency-Key`: what a write is based on, and how a repeat of it is recognised.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use shared::version::{ParseStampError, Stamp};
use uuid::Uuid;

use super::body::Body;
use super::problem::Problem;
use crate::plot::Repeatable;

/// The longest key taken.
const MAX_KEY_CHARS: usize = 128;
/// The namespace of fingerprints (a random UUID; it must not change while answered edits are kept).
const NAMESPACE: Uuid = Uuid::from_u128(0x0d4c_35f1_6f43_4b1c_a0b9_3a77_52c1_9e08);

/// What the headers of a write say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Conditions {
    /// The version that was seen.
    pub(super) based_on: Option<Stamp>,
    key: Option<String>,
    /// Method and address.
    target: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Conditions {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self {
            based_on: based_on(&parts.headers)?,
            key: key(&parts.headers)?,
            target: format!("{} {}", parts.method, parts.uri.path()),
        })
    }
}

impl Conditions {
    /// How a repeat of this request is recognised; none when its caller does not ask for that.
    pub(super) fn repeatable(&self, body: &Body) -> Option<Repeatable> {
        let seen = self.based_on.map(|it| it.to_string()).unwrap_or_default();
        let asked = [self.target.as_bytes(), seen.as_bytes(), &body.0].join(&b'\n');
        self.key.as_ref().map(|key| Repeatable {
            key: key.clone(),
            fingerprint: Uuid::new_v5(&NAMESPACE, &asked),
        })
    }
}

fn based_on(headers: &HeaderMap) -> Result<Option<Stamp>, Problem> {
    let Some(text) = only(headers, "if-match")? else {
        return Ok(None);
    };
    text.trim()
        .parse()
        .map(Some)
        .map_err(|error: ParseStampError| {
            Problem::bad_request(format!(
                "If-Match: {error}; send one ETag as this server gave it"
            ))
        })
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(key) = only(headers, "idempotency-key")? else {
        return Ok(None);
    };
    if (1..=MAX_KEY_CHARS).contains(&key.len()) && key.bytes().all(|it| it.is_ascii_graphic()) {
        return Ok(Some(key.to_owned()));
    }
    Err(Problem::bad_request(format!(
        "an Idempotency-Key has 1 to {MAX_KEY_CHARS} visible ASCII characters, such as a UUID"
    )))
}

/// The text of a header that may stand once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Problem> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|error| {
            Problem::bad_request(format!("the header {name} cannot be read: {error}"))
        }),
        _ => Err(Problem::bad_request(format!(
            "the header {name} stands twice: send it once"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn one_version_as_the_server_gave_it() {
        let stamp = "00000000-0000-0000-0000-000000000007.12";
        let quoted = format!("\"{stamp}\"");
        let read = based_on(&headers(&[("if-match", &quoted)])).unwrap();
        assert_eq!(read, Some(stamp.parse().unwrap()));
        assert_eq!(based_on(&headers(&[])).unwrap(), None);
        let list = format!("{quoted}, {quoted}");
        for bad in ["*", "W/\"a\"", "12", "", &list] {
            assert!(based_on(&headers(&[("if-match", bad)])).is_err(), "{bad}");
        }
        let twice = headers(&[("if-match", &quoted), ("if-match", &quoted)]);
        assert!(based_on(&twice).is_err());
    }

    #[test]
    fn keys_are_short_and_visible() {
        let with = |value: &str| key(&headers(&[("idempotency-key", value)]));
        assert_eq!(with("a-1").unwrap().as_deref(), Some("a-1"));
        assert!(with("").is_err());
        assert!(with("a b").is_err());
        assert!(with(&"k".repeat(129)).is_err());
    }
}
