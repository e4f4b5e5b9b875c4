//! Grids as YAML documents: what people keep of a dashboard, and what they bring. Bringing changes nothing: the answer
//! is a draft, which `POST /topology` adds.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Json};
use shared::id::GridId;
use shared::topology::{Arrangement, GridDraft};

use super::App;
use super::blocking::{COMPUTATIONS, blocking};
use super::body::Body;
use super::path::Path;
use super::problem::Problem;
use crate::plot::files;

/// One grid as a document.
pub(super) async fn one_grid(
    State(app): State<App>,
    Path(id): Path<GridId>,
) -> Result<impl IntoResponse, Problem> {
    let arrangement = arrangement(&app);
    let text = files::write_one(&arrangement, id).ok_or_else(|| {
        Problem::not_found("there is no such grid: GET /api/v1/grids lists what exists")
    })?;
    let title = arrangement.grids.get(&id).map_or("", |it| &it.title);
    let name = format!("{}_{title}", app.instrument.name);
    Ok(document(&name, text))
}

/// All grids as one document.
pub(super) async fn all_grids(State(app): State<App>) -> impl IntoResponse {
    let text = files::write_all(&arrangement(&app));
    document(&format!("{}_grids", app.instrument.name), text)
}

/// The grids that a document describes, as they could be added.
pub(super) async fn read_drafts(
    State(app): State<App>,
    body: Body,
) -> Result<Json<Vec<GridDraft>>, Problem> {
    let text = String::from_utf8(body.0.to_vec())
        .map_err(|_binary| Problem::bad_request("this is no text: send a YAML document"))?;
    let drafts = blocking(&COMPUTATIONS, move || {
        let state = app.committer.read();
        files::read(&text, |id| state.workflow(id))
    });
    let drafts = drafts.await?;
    drafts
        .map(Json)
        .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))
}

fn arrangement(app: &App) -> Arrangement {
    let state = app.committer.read();
    Arrangement::of(state.objects().map(|(_, _, object)| &**object))
}

/// A YAML document that browsers save under `name`.
fn document(name: &str, text: String) -> impl IntoResponse + use<> {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = name.chars().map(safe).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/yaml".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.yaml\""),
        ),
    ];
    (headers, text)
}
