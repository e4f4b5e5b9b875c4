//! What a page starts from: rendered by the server, embedded as JSON, and the client's first `known`.

use serde::{Deserialize, Serialize};
use shared::id::LayerId;
use shared::notification::Notices;
use shared::object::Object;
use shared::sync::codec::DecodedAnswer;
use shared::sync::message::{Answer, PROTOCOL};
use shared::sync::mirror::Mirror;
use shared::time::{TimeInterval, TimeNs};
use shared::version::{Epoch, Revision, Stamp};

/// One published state without its frames.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The instrument's title.
    pub instrument: String,
    /// The answer to a call that knows nothing and shows no grid: every object, no frame.
    pub answer: Answer,
    /// What can be said of each layer's newest frame in words.
    pub glances: Vec<Glance>,
}

/// A layer's newest frame in words, for pages without JavaScript and until the first frame arrives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Glance {
    /// The layer.
    pub layer: LayerId,
    /// The data time that the frame covers; none for static geometry.
    pub time: Option<TimeInterval>,
    /// Single values: those of scalars, and the newest of each time series.
    pub readings: Vec<Reading>,
}

/// One value with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Whose value it is.
    pub name: String,
    /// The value; none where it is not a number.
    pub value: Option<f64>,
    /// Its unit's symbol, empty for dimensionless.
    pub unit: String,
}

impl Snapshot {
    /// A page that knows nothing: the server lists its routes with it, and the first synchronisation replaces it.
    pub fn empty() -> Self {
        Self {
            instrument: String::new(),
            answer: Answer {
                protocol: PROTOCOL,
                stamp: Stamp {
                    epoch: Epoch(uuid::Uuid::nil()),
                    revision: Revision(0),
                },
                base: None,
                server_time: TimeNs(0),
                changes: Vec::new(),
                frames: Vec::new(),
                notices: Notices::default(),
                deferred: Vec::new(),
            },
            glances: Vec::new(),
        }
    }

    /// Its objects.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.answer
            .changes
            .iter()
            .filter_map(|it| it.value.as_deref())
    }

    /// What a page knows that starts from it.
    pub fn mirror(&self) -> Mirror {
        let mut mirror = Mirror::default();
        let answer = DecodedAnswer {
            answer: self.answer.clone(),
            frames: Vec::new(),
        };
        // Only a difference can fail to continue; then the page starts from nothing and asks for all.
        mirror.apply(answer).ok();
        mirror
    }

    /// JSON that can stand inside a `script` element: no character of it can end the element.
    pub fn to_script_json(&self) -> String {
        serde_json::to_string(self)
            .expect("a snapshot has string keys only")
            .replace('<', "\\u003c")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_leave_the_script_element() {
        let snapshot = Snapshot {
            instrument: "</script><!--".to_owned(),
            ..Snapshot::empty()
        };
        let json = snapshot.to_script_json();
        assert!(!json.contains('<'));
        assert_eq!(serde_json::from_str::<Snapshot>(&json).unwrap(), snapshot);
    }
}
