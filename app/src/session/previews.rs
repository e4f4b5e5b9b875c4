//! What a layer would show, asked of the server while somebody chooses.

use shared::plot::{PREVIEW_MEDIA_TYPE, Preview};
use shared::sync::codec::decode_body;
use shared::topology::LayerConfig;

use crate::browser::fetch::{self, FetchError};

/// Has the server compute a layer that nobody has added.
pub(crate) async fn fetch_preview(config: &LayerConfig) -> Result<Preview, FetchError> {
    let body = serde_json::to_string(config).expect("a configuration has string keys only");
    let bytes = fetch::post_for_bytes("/api/v1/previews", &body, PREVIEW_MEDIA_TYPE).await?;
    decode_body(&bytes).map_err(|_source| FetchError::Unreadable)
}
