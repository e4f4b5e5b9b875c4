//! Counts per second instead of counts.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::params::{AppliesTo, Field, FieldKind, Group};

/// Whether counts are divided by the data time that they cover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RateParams {
    /// Whether they are.
    pub per_second: bool,
}

impl RateParams {
    pub(super) fn group() -> Group {
        Group::new("rate", "Rate", "Counts, or counts per second.")
            .only_for(AppliesTo::Counts)
            .with(Field::new(
                "per_second",
                "Per second",
                "Divides counts by the data time that they cover.",
                json!(false),
                FieldKind::Switch,
            ))
    }
}
