//! What a layer would show if it were there: the answer to `POST /previews`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::frame::Frame;

/// The form that pages ask for; the same codec as for the bodies of frames.
pub const PREVIEW_MEDIA_TYPE: &str = "application/vnd.beamdeck.preview";

/// A layer that nobody has added yet, computed once from the newest data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preview {
    /// Some of its data are not there yet.
    Waiting,
    /// Its picture.
    Drawn(Arc<Frame>),
    /// It breaks a rule, so that it could not be added.
    Refused {
        /// The field, such as `params.window.seconds`.
        field: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// It cannot be drawn from the data that are there; the message says why and what to do.
    Failed(String),
}
