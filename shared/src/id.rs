//! Names of things: UUIDs for what people arrange, workflow names for what is computed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta] $name:ident)*) => {$(
        #[$doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh random id.
            pub fn random() -> Self {
                Self(Uuid::new_v4())
            }

            /// The id that always belongs to `path`, so that shipped objects keep theirs over restarts.
            pub fn derived(path: &str) -> Self {
                Self(Uuid::new_v5(&NAMESPACE, path.as_bytes()))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

uuid_id! {
    /// A dashboard tab.
    GridId
    /// A rectangle of a grid.
    CellId
    /// One plotted quantity of a cell.
    LayerId
    /// A region of interest.
    RegionId
    /// A grid that somebody keeps as a template.
    TemplateId
    /// One browser page.
    SessionId
    /// One commit of a workflow: its generation.
    JobNumber
}

/// The namespace of derived ids (a random UUID, fixed for ever).
const NAMESPACE: Uuid = Uuid::from_u128(0x6f1d_3c52_8a0b_4e0e_9b57_1d5c_2f0a_77c4);

/// A kind of reduction of one instrument, written `instrument/name/version`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkflowId {
    /// The instrument's name.
    pub instrument: String,
    /// The workflow's name, unique within the instrument.
    pub name: String,
    /// The semantic version: a new one means other results.
    pub version: u32,
}

impl fmt::Display for WorkflowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.instrument, self.name, self.version)
    }
}

/// The text is not `instrument/name/version`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a workflow as instrument/name/version, got {0:?}")]
pub struct ParseWorkflowIdError(String);

impl FromStr for WorkflowId {
    type Err = ParseWorkflowIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || ParseWorkflowIdError(text.to_owned());
        let mut parts = text.split('/');
        let (Some(instrument), Some(name), Some(version), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(fail());
        };
        if instrument.is_empty() || name.is_empty() {
            return Err(fail());
        }
        let Ok(version) = version.parse() else {
            return Err(fail());
        };
        Ok(Self {
            instrument: instrument.to_owned(),
            name: name.to_owned(),
            version,
        })
    }
}

// One string on the wire: it is a path segment, a map key and what people read.
impl Serialize for WorkflowId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WorkflowId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Where a result belongs, stable across generations.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResultKey {
    /// The workflow that computes it.
    pub workflow: WorkflowId,
    /// The source it is computed for, such as a detector's name.
    pub source: String,
    /// The workflow's output.
    pub output: String,
}

impl fmt::Display for ResultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.workflow, self.source, self.output)
    }
}

/// A workflow running for one source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct JobId {
    /// The workflow.
    pub workflow: WorkflowId,
    /// The source.
    pub source: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workflow_id_survives_its_text() {
        let id: WorkflowId = "dummy/panel_0_xy/1".parse().unwrap();
        assert_eq!(id.version, 1);
        assert_eq!(id.to_string(), "dummy/panel_0_xy/1");
    }

    #[test]
    fn bad_workflow_ids_are_refused() {
        for text in ["", "a/b", "a/b/c", "a/b/1/2", "/b/1", "a//1", "a/b/-1"] {
            assert!(text.parse::<WorkflowId>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn derived_ids_depend_on_the_path_alone() {
        assert_eq!(
            GridId::derived("dummy/Detectors"),
            GridId::derived("dummy/Detectors")
        );
        assert_ne!(
            GridId::derived("dummy/Detectors"),
            GridId::derived("dummy/Beam")
        );
    }
}
