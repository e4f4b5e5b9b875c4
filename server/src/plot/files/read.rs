//! From a document to drafts.

use serde_path_to_error::Segment;
use shared::id::WorkflowId;
use shared::job::Workflow;
use shared::topology::{GridDraft, MAX_GRIDS};

pub use super::document::At;
use super::document::{Node, SyntaxError, plain_form, told_path};
use super::draft::draft;
use super::format::GridFile;
use super::livedata;

/// A document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is no YAML.
    #[error("this is no YAML document: {at}: {reason}")]
    Syntax {
        /// Where.
        at: At,
        /// What is wrong there, and what to do.
        reason: String,
    },
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
    #[error("{at}, {place}: {reason}")]
    Form {
        /// Where in the document.
        at: At,
        /// Where in the grids, in words.
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
    let document =
        Node::read(text).map_err(|SyntaxError { at, reason }| FileError::Syntax { at, reason })?;
    let grids = grids_of(&document)?;
    if grids.len() > MAX_GRIDS {
        return Err(FileError::TooMany { found: grids.len() });
    }
    let numbered = grids.iter().enumerate();
    numbered
        .map(|(i, node)| {
            let number = i + 1;
            let mut remarks = Vec::new();
            let mut grid = node.value();
            let regions = livedata::translate(&mut grid, &find, &mut remarks);
            let is_theirs = grid != node.value();
            let file: GridFile = serde_path_to_error::deserialize(grid)
                .map_err(|error| misformed(node, number, is_theirs, &error))?;
            draft(file, regions, &find, remarks)
                .map_err(|reason| FileError::Rule { number, reason })
        })
        .collect()
}

fn misformed(
    grid: &Node,
    number: usize,
    is_theirs: bool,
    error: &serde_path_to_error::Error<serde_json::Error>,
) -> FileError {
    let said = error.inner().to_string();
    // What is not known stands in something that is.
    let is_unknown = said.starts_with("unknown field");
    let path: Vec<&Segment> = error.path().iter().collect();
    let path = &path[..path.len() - usize::from(is_unknown && !path.is_empty())];
    // Of a grid that was put into our words only the cells are where they were.
    let known = if is_theirs { 2 } else { path.len() };
    let at = grid.at_path(path.iter().copied().take(known));
    let place = match told_path(path.iter().copied()).as_str() {
        "" => format!("grid {number}"),
        within => format!("grid {number}, {within}"),
    };
    let reason = plain_form(&said);
    FileError::Form { at, place, reason }
}

/// The grids of a document: it is one itself, or lists them, where the facility's dashboard keeps them or directly.
fn grids_of(document: &Node) -> Result<Vec<&Node>, FileError> {
    let document = document.get("plot_grids").unwrap_or(document);
    if let Some(grids) = document.get("grids").and_then(Node::list) {
        return Ok(grids.iter().collect());
    }
    match document.list() {
        Some(grids) if !grids.is_empty() => Ok(grids.iter().collect()),
        None if ["title", "cells"]
            .iter()
            .any(|key| document.get(key).is_some()) =>
        {
            Ok(vec![document])
        }
        _ => Err(FileError::NoGrid),
    }
}
