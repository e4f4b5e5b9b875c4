//! Rules for streams.

use crate::instrument::problem::{Finding, finding};
use crate::instrument::{Instrument, StreamKind};

use super::{Seen, check_name};

pub(super) fn check(instrument: &Instrument, findings: &mut Vec<Finding>) {
    let mut names = Seen::default();
    for (i, stream) in instrument.streams.iter().enumerate() {
        let name = &stream.name;
        check_name(
            findings,
            vec!["stream".into(), i.into(), "name".into()],
            name,
        );
        if !names.is_new(name) {
            findings.push(finding!(
                ["stream", i, "name"],
                "a stream {name:?} exists already; choose another name"
            ));
        }
        check_address(instrument, i, findings);
        if stream.unit.is_some() && stream.kind != StreamKind::Log {
            findings.push(finding!(
                ["stream", i, "unit"],
                "only logs have a unit here; remove it (that of a camera belongs to [[area_detector]])"
            ));
        }
    }
}

/// Topic and source are how a message finds its stream, so no two streams may share both.
fn check_address(instrument: &Instrument, i: usize, findings: &mut Vec<Finding>) {
    let stream = &instrument.streams[i];
    let (topic, source) = (&stream.topic, &stream.source);
    for (key, value) in [("topic", topic), ("source", source)] {
        if value.is_empty() {
            findings.push(finding!(
                ["stream", i, key],
                "the {key} is empty; give the one used in the facility's messages"
            ));
        }
    }
    let mut earlier = instrument.streams[..i].iter();
    if let Some(other) = earlier.find(|other| other.topic == *topic && other.source == *source) {
        findings.push(finding!(
            ["stream", i, "source"],
            "source {source:?} on topic {topic:?} already belongs to stream {:?}; remove one of the two",
            other.name
        ));
    }
}
