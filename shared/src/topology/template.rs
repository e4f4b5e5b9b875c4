//! Templates: grids that can be added as often as wanted. An instrument brings some, people keep others.

use serde::{Deserialize, Serialize};

use super::GridDraft;
use crate::id::{GridId, TemplateId};
use crate::time::TimeNs;

/// Templates that people can keep at most.
pub const MAX_TEMPLATES: usize = 100;
/// Bytes of the document of one of them at most.
pub const MAX_TEMPLATE_BYTES: usize = 128 << 10;
/// Characters of the description of one of them at most.
pub const MAX_DESCRIPTION_CHARS: usize = 500;

/// A template as it could be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The grid, under ids that nobody uses yet.
    #[serde(flatten)]
    pub draft: GridDraft,
    /// Who keeps it here; none when the instrument brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<KeptTemplate>,
}

/// What is known of a template that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTemplate {
    /// Its id.
    pub id: TemplateId,
    /// What its keeper is called.
    pub by: String,
    /// Since when.
    pub time_ns: TimeNs,
}

/// A template as it is kept: what brings back one that was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredTemplate {
    /// Its id, by whom and since when.
    pub kept: KeptTemplate,
    /// What it is called.
    pub title: String,
    /// The grid as a YAML document.
    pub document: String,
}

/// A wish to keep a grid as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTemplate {
    /// The grid.
    pub grid: GridId,
    /// What the template is called; no other one may be.
    pub title: String,
    /// What it is for, in a sentence; may be empty.
    #[serde(default)]
    pub description: String,
    /// What its keeper is called.
    #[serde(default)]
    pub by: String,
}
