//! What a page starts from: rendered by the server, embedded as JSON, and the client's first `known`.

use serde::{Deserialize, Serialize};
use shared::id::LayerId;
use shared::object::Object;
use shared::time::{TimeInterval, TimeNs};
use shared::version::{Epoch, Revision, Stamp};

/// One published state without its frames.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The instrument's title.
    pub instrument: String,
    /// The state that `objects` are taken from.
    pub stamp: Stamp,
    /// The server's clock when it was taken.
    pub server_time: TimeNs,
    /// Every object with its version.
    pub objects: Vec<(Revision, Object)>,
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
            stamp: Stamp {
                epoch: Epoch(uuid::Uuid::nil()),
                revision: Revision(0),
            },
            server_time: TimeNs(0),
            objects: Vec::new(),
            glances: Vec::new(),
        }
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
