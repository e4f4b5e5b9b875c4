//! What a person changes of the arrangement, on its way to the server.

use shared::id::CellId;
use shared::presence::Editing;
use shared::topology::{Edit, Edited, Misfit, Refusal};
use uuid::Uuid;

use crate::browser::fetch::{self, FetchError};
use crate::browser::timer;
use crate::live::Live;

/// An edit was not carried out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum EditError {
    /// A rule forbids it; it was not sent.
    #[error("{0}")]
    Misfit(#[from] Misfit),
    /// Somebody else was faster.
    #[error("{}", .0.detail)]
    Lost(Box<Refusal>),
    /// The server refused.
    #[error("{}", .0.detail)]
    Refused(Box<Refusal>),
    /// The server could not do it now, or it is not known what became of it after repeated tries.
    #[error("{0}")]
    Failed(FetchError),
}

/// Pauses before an edit is sent again; after the last it is given up. A server that is started anew is there again by
/// then. All calls have the same key, so that it happens once.
const PAUSES_MS: [u32; 4] = [100, 400, 1_500, 4_000];

/// Sends an edit, which happens whole or not at all.
pub(crate) async fn send_edit(live: &Live, edit: &Edit) -> Result<Edited, EditError> {
    let body = serde_json::to_string(edit).expect("an edit has string keys only");
    let key = Uuid::new_v4().to_string();
    let mut pauses = PAUSES_MS.into_iter();
    loop {
        match fetch::post_json::<Edited>("/api/v1/topology", &body, &key).await {
            Ok(edited) => {
                live.pictures.handle_stamp(edited.stamp);
                return Ok(edited);
            }
            Err(error @ FetchError::Unreachable) => match pauses.next() {
                Some(pause_ms) => timer::pause(pause_ms).await,
                None => return Err(refusal(error)),
            },
            Err(error) => return Err(refusal(error)),
        }
    }
}

/// Tells the server which cell this page changes, or that it changes none.
pub(crate) async fn tell_editing(live: &Live, cell: Option<CellId>) {
    let Some(session) = live.pictures.session() else {
        return;
    };
    let body = serde_json::to_string(&Editing { cell }).expect("a cell is a string");
    fetch::put_json(&format!("/api/v1/sessions/{session}/editing"), &body)
        .await
        .ok();
}

fn refusal(error: FetchError) -> EditError {
    let FetchError::Refused {
        detail,
        problem: Some(problem),
        status: status @ ..500,
    } = &error
    else {
        return EditError::Failed(error);
    };
    let read = serde_json::from_value(problem.clone());
    let refusal = Box::new(read.unwrap_or_else(|_| Refusal {
        detail: detail.clone(),
        ..Refusal::default()
    }));
    match status {
        412 => EditError::Lost(refusal),
        _ => EditError::Refused(refusal),
    }
}
