//! `/templates`: the grids that can be added as often as wanted, those of the instrument and those that people keep.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Json};
use shared::id::TemplateId;
use shared::topology::{NewTemplate, StoredTemplate};

use super::App;
use super::blocking::{COMMANDS, COMPUTATIONS, blocking};
use super::body::Body;
use super::path::Path;
use super::problem::Problem;
use crate::plot::{EditError, TemplateError};

/// All templates, as they could be added.
pub(super) async fn list_templates(State(app): State<App>) -> Result<impl IntoResponse, Problem> {
    let templates = blocking(&COMPUTATIONS, move || app.templates.list()).await?;
    let templates = templates.map_err(EditError::from)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(templates)))
}

/// Keeps a grid as it is now.
pub(super) async fn keep_template(
    State(app): State<App>,
    Path(id): Path<TemplateId>,
    body: Body,
) -> Result<StatusCode, Problem> {
    let new: NewTemplate = body.json()?;
    let is_new = blocking(&COMMANDS, move || app.templates.keep(id, &new)).await??;
    Ok(done(is_new))
}

/// Brings a template back that was removed.
pub(super) async fn restore_template(
    State(app): State<App>,
    body: Body,
) -> Result<StatusCode, Problem> {
    let template: StoredTemplate = body.json()?;
    let is_new = blocking(&COMMANDS, move || app.templates.restore(template)).await??;
    Ok(done(is_new))
}

fn done(is_new: bool) -> StatusCode {
    if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::NO_CONTENT
    }
}

/// Lets a template go that somebody kept, and answers what brings it back.
pub(super) async fn remove_template(
    State(app): State<App>,
    Path(id): Path<TemplateId>,
) -> Result<Json<StoredTemplate>, Problem> {
    let removed = blocking(&COMMANDS, move || app.templates.remove(id)).await?;
    let removed = removed.map_err(EditError::from)?.ok_or_else(|| {
        Problem::not_found(
            "nobody keeps such a template, or it was removed already: GET /api/v1/templates lists those there are",
        )
    })?;
    Ok(Json(removed))
}

impl From<TemplateError> for Problem {
    fn from(error: TemplateError) -> Self {
        let status = match error {
            TemplateError::Store(error) => return EditError::from(error).into(),
            TemplateError::NoGrid => StatusCode::NOT_FOUND,
            TemplateError::TitleTaken(_) | TemplateError::TooMany => StatusCode::CONFLICT,
            TemplateError::Text(_) => StatusCode::UNPROCESSABLE_ENTITY,
            TemplateError::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        };
        Self::new(status, error.to_string())
    }
}
