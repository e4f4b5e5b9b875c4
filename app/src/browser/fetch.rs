//! Requests to the server.

use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{Reflect, Uint8Array, encode_uri_component};
use serde::de::DeserializeOwned;
use shared::sync::codec::MEDIA_TYPE;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, ReadableStreamDefaultReader};

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FetchError {
    /// The server was not reached, or went silent.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The server refused.
    #[error("{detail}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The server's reason.
        detail: String,
        /// Everything the server said, for programs.
        problem: Option<serde_json::Value>,
    },
    /// The answer is not what was asked for.
    #[error("the answer cannot be read")]
    Unreadable,
}

impl FetchError {
    /// True when the server speaks another protocol, so that only a reload helps.
    pub(crate) fn is_outdated(&self) -> bool {
        matches!(self, Self::Refused { status: 426, .. })
    }
}

/// Can give up a request. One that has been answered is left alone: browsers would call it failed.
pub(crate) struct Aborter(Option<AbortController>);

impl Aborter {
    /// For one request.
    pub(crate) fn new() -> Self {
        Self(AbortController::new().ok())
    }

    /// What the request listens to.
    pub(crate) fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }

    /// Gives up the request.
    pub(crate) fn abort(self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Calls `sync`; `on_bytes` runs whenever a part of the answer arrives.
pub(crate) async fn post_sync(
    body: &str,
    signal: Option<&AbortSignal>,
    mut on_bytes: impl FnMut(),
) -> Result<Vec<u8>, FetchError> {
    let request = Request::post("/api/v1/sync")
        .header("accept", MEDIA_TYPE)
        .header("content-type", "application/json")
        .abort_signal(signal)
        .body(body)
        .map_err(unreachable)?;
    let response = accepted(request.send().await.map_err(unreachable)?).await?;
    on_bytes();
    let stream = response.body().ok_or(FetchError::Unreadable)?;
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    while let Some(chunk) = next_chunk(&reader).await? {
        on_bytes();
        let at = bytes.len();
        bytes.resize(at + chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes[at..]);
    }
    Ok(bytes)
}

/// Sends a command. A repeat under the same key has no second effect.
pub(crate) async fn post_json<T: DeserializeOwned>(
    address: &str,
    body: &str,
    key: &str,
) -> Result<T, FetchError> {
    let request = Request::post(address)
        .header("content-type", "application/json")
        .header("idempotency-key", key)
        .body(body)
        .map_err(unreachable)?;
    read_json(request.send().await.map_err(unreachable)?).await
}

/// Asks a question that is too long for an address, and fetches the answer in a form that the server offers.
pub(crate) async fn post_for_bytes(
    address: &str,
    body: &str,
    media_type: &str,
) -> Result<Vec<u8>, FetchError> {
    let request = Request::post(address)
        .header("accept", media_type)
        .header("content-type", "application/json")
        .body(body)
        .map_err(unreachable)?;
    let response = accepted(request.send().await.map_err(unreachable)?).await?;
    response.binary().await.map_err(unreachable)
}

/// Sends a YAML document.
pub(crate) async fn post_yaml<T: DeserializeOwned>(
    address: &str,
    text: &str,
) -> Result<T, FetchError> {
    let request = Request::post(address)
        .header("content-type", "application/yaml")
        .body(text)
        .map_err(unreachable)?;
    read_json(request.send().await.map_err(unreachable)?).await
}

/// Puts a document at an address, and reads no answer. A repeat has no further effect.
pub(crate) async fn put_json(address: &str, body: &str) -> Result<(), FetchError> {
    send_json(Request::put(address), body).await
}

/// Adds a document that says itself what it is, and reads no answer. A repeat has no further effect.
pub(crate) async fn post(address: &str, body: &str) -> Result<(), FetchError> {
    send_json(Request::post(address), body).await
}

async fn send_json(request: RequestBuilder, body: &str) -> Result<(), FetchError> {
    let request = request
        .header("content-type", "application/json")
        .body(body)
        .map_err(unreachable)?;
    accepted(request.send().await.map_err(unreachable)?).await?;
    Ok(())
}

/// Removes what is at an address, and reads what that was.
pub(crate) async fn delete<T: DeserializeOwned>(address: &str) -> Result<T, FetchError> {
    read_json(Request::delete(address).send().await.map_err(unreachable)?).await
}

/// Sends a command without body that outlives the page, and hears nothing of it.
pub(crate) fn send_beacon(address: &str) {
    if let Some(window) = web_sys::window() {
        window.navigator().send_beacon(address).ok();
    }
}

/// Fetches a JSON document.
pub(crate) async fn get_json<T: DeserializeOwned>(address: &str) -> Result<T, FetchError> {
    read_json(Request::get(address).send().await.map_err(unreachable)?).await
}

/// Fetches a document in a form that the server offers.
pub(crate) async fn get_bytes(address: &str, media_type: &str) -> Result<Vec<u8>, FetchError> {
    let request = Request::get(address).header("accept", media_type);
    let response = accepted(request.send().await.map_err(unreachable)?).await?;
    response.binary().await.map_err(unreachable)
}

async fn read_json<T: DeserializeOwned>(response: Response) -> Result<T, FetchError> {
    let text = accepted(response)
        .await?
        .text()
        .await
        .map_err(unreachable)?;
    serde_json::from_str(&text).map_err(|_source| FetchError::Unreadable)
}

/// `text` as one segment of an address.
pub(crate) fn path_segment(text: &str) -> String {
    encode_uri_component(text).into()
}

async fn next_chunk(
    reader: &ReadableStreamDefaultReader,
) -> Result<Option<Uint8Array>, FetchError> {
    let chunk = JsFuture::from(reader.read()).await;
    let chunk = chunk.map_err(|_aborted| FetchError::Unreachable)?;
    let value = Reflect::get(&chunk, &"value".into()).ok();
    Ok(value.and_then(|it| it.dyn_into().ok()))
}

/// The response, or the reason that the server gives as `problem+json`.
async fn accepted(response: Response) -> Result<Response, FetchError> {
    if response.ok() {
        return Ok(response);
    }
    let status = response.status();
    let problem: Option<serde_json::Value> = response
        .text()
        .await
        .ok()
        .and_then(|it| serde_json::from_str(&it).ok());
    let said = |key| Some(problem.as_ref()?.get(key)?.as_str()?.to_owned());
    let detail = said("detail").or_else(|| said("title"));
    let detail = detail.unwrap_or_else(|| format!("the server answered {status}"));
    Err(FetchError::Refused {
        status,
        detail,
        problem,
    })
}

fn unreachable(_error: gloo_net::Error) -> FetchError {
    FetchError::Unreachable
}
