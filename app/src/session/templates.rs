//! Grids that people keep as templates, on their way to the server.

use shared::id::TemplateId;
use shared::topology::NewTemplate;

use crate::browser::fetch::{self, FetchError};

/// Keeps a grid as it is now.
pub(crate) async fn keep_template(id: TemplateId, new: &NewTemplate) -> Result<(), FetchError> {
    let body = serde_json::to_string(new).expect("texts and ids can be written as JSON");
    fetch::put_json(&address(id), &body).await
}

/// Lets a template go.
pub(crate) async fn remove_template(id: TemplateId) -> Result<(), FetchError> {
    fetch::delete(&address(id)).await
}

fn address(id: TemplateId) -> String {
    format!("/api/v1/templates/{id}")
}
