//! Answers as JSON whose bytes are made where the work is done, not where the answer is.

use bytes::Bytes;
use serde::Serialize;

/// The text of what has neither keys that are no text nor anything that refuses to be written.
pub(super) fn json(value: &impl Serialize) -> Bytes {
    let text = serde_json::to_vec(value).expect("plain data can be written as JSON");
    Bytes::from(text)
}
