//! Grids that people keep as templates, on their way to the server.

use shared::id::TemplateId;
use shared::topology::{NewTemplate, StoredTemplate, Template};

use crate::browser::fetch::{self, FetchError};

/// All templates there are.
pub(crate) async fn fetch_templates() -> Result<Vec<Template>, FetchError> {
    fetch::get_json(TEMPLATES).await
}

/// Keeps a grid as it is now.
pub(crate) async fn keep_template(id: TemplateId, new: &NewTemplate) -> Result<(), FetchError> {
    let body = serde_json::to_string(new).expect("texts and ids can be written as JSON");
    fetch::put_json(&address(id), &body).await
}

/// Lets a template go; the answer brings it back.
pub(crate) async fn remove_template(id: TemplateId) -> Result<StoredTemplate, FetchError> {
    fetch::delete(&address(id)).await
}

/// Brings a template back that was let go.
pub(crate) async fn restore_template(template: &StoredTemplate) -> Result<(), FetchError> {
    let body = serde_json::to_string(template).expect("texts and ids can be written as JSON");
    fetch::post(TEMPLATES, &body).await
}

const TEMPLATES: &str = "/api/v1/templates";

fn address(id: TemplateId) -> String {
    format!("{TEMPLATES}/{id}")
}
