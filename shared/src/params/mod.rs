//! Parameters of workflows as typed, validated values: one struct per group of fields, with defaults.
//!
//! What a person or a file leaves out takes its default; unknown fields are refused. Units are part of
//! the parameters, and every conversion happens here.

mod colour;
#[cfg(test)]
mod describes;
mod schema;
mod time_unit;
mod toa_edges;
mod toa_range;
mod told;
mod workflow;

pub use colour::rgb;
#[cfg(test)]
pub(crate) use describes::assert_describes;
pub(crate) use schema::NONE_CHOSEN;
pub use schema::{AppliesTo, Choice, Described, Field, FieldKind, Group, Schema};
pub use time_unit::TimeUnit;
pub use toa_edges::{MAX_BINS, PULSE_PERIOD_MS, Scale, ToaEdges};
pub use toa_range::ToaRange;
pub use told::Told;
pub use workflow::{LayersParams, NoParams, ToaParams};

use serde::de::DeserializeOwned;

use crate::topology::JsonText;

/// A parameter that cannot be used, by the path of its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct ParamError {
    /// The field, such as `toa_edges.num_bins`; `params` when the whole does not read.
    pub field: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl ParamError {
    /// What is wrong with a field.
    pub fn new(field: &str, reason: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            reason: reason.into(),
        }
    }

    /// The same error seen from one level up.
    #[must_use]
    pub fn within(self, group: &str) -> Self {
        Self {
            field: format!("{group}.{}", self.field),
            reason: self.reason,
        }
    }
}

/// A set of parameters that can be read from JSON and checked.
pub trait Params: DeserializeOwned {
    /// Checks what the types alone cannot say.
    fn validate(&self) -> Result<(), ParamError>;

    /// Reads and checks `json`; fields that are left out take their defaults.
    fn read(json: &JsonText) -> Result<Self, ParamError> {
        let params: Self = json
            .parse()
            .map_err(|error| ParamError::new("params", error.to_string()))?;
        params.validate()?;
        Ok(params)
    }
}
