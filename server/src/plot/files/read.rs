//! From a document to drafts.

use serde_json::Value;
use shared::id::WorkflowId;
use shared::job::Workflow;
use shared::topology::{GridDraft, MAX_GRIDS};

use super::draft::draft;
use super::format::GridFile;
use super::livedata;

/// A document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is no YAML.
    #[error("this is no YAML: {0}")]
    Syntax(String),
    /// It is YAML, and something else than grids.
    #[error(
        "this describes no grid: a file has `title`, `nrows`, `ncols` and `cells`, or a list of such grids under `grids`"
    )]
    NoGrid,
    /// There are more grids than a dashboard can have.
    #[error("this has {found} grids, a dashboard has {MAX_GRIDS} at most: split the file")]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// A grid does not have the form of one.
    #[error("grid {number}, {place}: {reason}")]
    Form {
        /// Its number in the file, from 1.
        number: usize,
        /// Where in the grid.
        place: String,
        /// What is wrong there.
        reason: String,
    },
    /// A grid breaks a rule.
    #[error("grid {number}: {reason}")]
    Rule {
        /// Its number in the file, from 1.
        number: usize,
        /// What is wrong, and what to do.
        reason: String,
    },
}

/// Reads the grids of a document. `find` knows the workflows there are: what cannot be drawn here is left out and
/// remarked.
///
/// # Errors
/// When it is no YAML, or not of the form of grids; the message says where.
pub fn read<'a>(
    text: &str,
    find: impl Fn(&WorkflowId) -> Option<&'a Workflow>,
) -> Result<Vec<GridDraft>, FileError> {
    let document: Value =
        serde_saphyr::from_str(text).map_err(|error| FileError::Syntax(error.to_string()))?;
    let grids = grids_of(document)?;
    if grids.len() > MAX_GRIDS {
        return Err(FileError::TooMany { found: grids.len() });
    }
    let numbered = grids.into_iter().enumerate();
    numbered
        .map(|(i, mut grid)| {
            let number = i + 1;
            let mut remarks = Vec::new();
            let regions = livedata::translate(&mut grid, &find, &mut remarks);
            let file: GridFile = serde_path_to_error::deserialize(grid).map_err(|error| {
                let place = error.path().to_string();
                let reason = error.into_inner().to_string();
                FileError::Form {
                    number,
                    place,
                    reason,
                }
            })?;
            draft(file, regions, &find, remarks)
                .map_err(|reason| FileError::Rule { number, reason })
        })
        .collect()
}

/// The grids of a document: it is one itself, or lists them, where the facility's dashboard keeps them or directly.
fn grids_of(mut document: Value) -> Result<Vec<Value>, FileError> {
    if let Some(kept) = document.get_mut("plot_grids") {
        document = kept.take();
    }
    if let Some(Value::Array(grids)) = document.get_mut("grids") {
        return Ok(std::mem::take(grids));
    }
    match document {
        Value::Array(grids) if !grids.is_empty() => Ok(grids),
        Value::Object(ref grid) if grid.contains_key("title") || grid.contains_key("cells") => {
            Ok(vec![document])
        }
        _ => Err(FileError::NoGrid),
    }
}
