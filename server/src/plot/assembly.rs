//! What was read for a layer, sorted: which data there are, which are absent, and since when.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use shared::id::ResultKey;
use shared::layer_state::{Silence, stale_after_ns};
use shared::time::TimeNs;
use shared::topology::DataRole;

use super::plotters::{Input, Inputs};
use crate::results::{ExtractError, Extracted, Extractor};

/// What one source of a layer is to bring.
#[derive(Debug)]
pub(super) struct PlannedInput {
    pub(super) role: DataRole,
    pub(super) title: Arc<str>,
    pub(super) key: ResultKey,
    pub(super) extractor: Extractor,
}

/// A layer's data cannot be given.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InputsError {
    /// No such layer, or it cannot be drawn at all.
    #[error("{0}")]
    NoPlan(String),
    /// It is made from its parameters alone.
    #[error(
        "this layer has no sources, hence no data: GET /api/v1/layers/{{id}} tells the parameters it is drawn from"
    )]
    Static,
    /// No data yet.
    #[error("this layer has no data yet: is its workflow running?")]
    Waiting,
    /// The buffers cannot give what the layer asks for.
    #[error(transparent)]
    Extract(#[from] ExtractError),
}

/// What a layer is computed from, with how often that is published.
#[derive(Debug)]
pub(super) struct Assembled {
    pub(super) inputs: Inputs,
    pub(super) interval_ns: Option<i64>,
}

/// Sorts what was read for `planned` into roles. One source of a role may have no data yet, or be silent, which is
/// noted; a whole role may not. What was stopped is silent on purpose, which pages say themselves. Layers without
/// sources are made from nothing.
pub(super) fn assemble(
    planned: &[PlannedInput],
    read: Vec<Result<Option<Extracted>, ExtractError>>,
    is_stopped: impl Fn(&ResultKey) -> bool,
) -> Result<Assembled, InputsError> {
    let plotted = planned
        .iter()
        .zip(&read)
        .filter(|(it, _)| it.role == DataRole::Primary);
    let present = plotted.filter_map(|(_, it)| it.as_ref().ok()?.as_ref());
    let newest = present.map(|it| it.data.time.end).max();
    let mut assembled = Assembled {
        inputs: Inputs::default(),
        interval_ns: None,
    };
    let mut silent: BTreeMap<DataRole, ExtractError> = BTreeMap::new();
    for (planned, read) in planned.iter().zip(read) {
        match read {
            Ok(Some(extracted)) => {
                let newest = newest.filter(|_| !is_stopped(&planned.key));
                assembled.take(planned, extracted, newest);
            }
            Ok(None) => assembled.note_absent(planned, &"no data yet"),
            Err(error @ ExtractError::Silent { until, .. }) => {
                silent.entry(planned.role).or_insert(error);
                if is_stopped(&planned.key) {
                    continue;
                }
                assembled.note_absent(planned, &error);
                assembled.note_silent_since(until);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let roles = planned.iter().map(|input| input.role);
    let by_role = &assembled.inputs.by_role;
    if let Some(empty) = roles.into_iter().find(|role| !by_role.contains_key(role)) {
        let error = silent.get(&empty);
        return Err(error.map_or(InputsError::Waiting, |error| (*error).into()));
    }
    Ok(assembled)
}

impl Assembled {
    /// Takes the data of one source, and notes if they are older than `newest`, if that matters, by more than its usual
    /// pause.
    fn take(&mut self, planned: &PlannedInput, extracted: Extracted, newest: Option<TimeNs>) {
        let Extracted {
            data,
            covered_secs,
            note,
            interval_ns,
            ..
        } = extracted;
        // What an axis said last holds until it says more.
        if planned.role == DataRole::Primary {
            let end = data.time.end;
            let silence_ns = newest.map_or(0, |newest| newest.since(end));
            if silence_ns > stale_after_ns(interval_ns) {
                let length = Silence::of_ns(silence_ns).length();
                self.note_absent(planned, &format_args!("no data for more than {length}"));
                self.note_silent_since(end);
            }
            self.interval_ns = self.interval_ns.into_iter().chain(interval_ns).min();
        }
        let inputs = self.inputs.by_role.entry(planned.role).or_default();
        inputs.push(Input {
            title: Arc::clone(&planned.title),
            key: planned.key.clone(),
            data,
            covered_secs,
            note,
        });
    }

    fn note_absent(&mut self, planned: &PlannedInput, why: &dyn Display) {
        self.inputs.absent.push(format!("{}: {why}", planned.title));
    }

    fn note_silent_since(&mut self, time: TimeNs) {
        let silent_since = &mut self.inputs.silent_since;
        *silent_since = Some(silent_since.map_or(time, |it| it.min(time)));
    }
}

#[cfg(test)]
mod tests {
    use shared::data::{DataArray, Unit, Values};
    use shared::time::TimeInterval;

    use super::*;

    fn planned(source: &str) -> PlannedInput {
        PlannedInput {
            role: DataRole::Primary,
            title: source.into(),
            key: ResultKey {
                workflow: "dummy/w/1".parse().expect("an id"),
                source: source.to_owned(),
                output: "o".to_owned(),
            },
            extractor: Extractor::Latest,
        }
    }

    fn extracted(interval_ns: i64) -> Extracted {
        Extracted {
            data: DataArray {
                label: "Counts".into(),
                unit: Unit::counts(),
                coords: Vec::new(),
                values: Arc::new(Values::U64(vec![1])),
                variances: None,
                time: TimeInterval {
                    start: TimeNs(0),
                    end: TimeNs(1),
                },
            },
            covered_secs: None,
            retained: None,
            note: None,
            interval_ns: Some(interval_ns),
        }
    }

    const SILENT: ExtractError = ExtractError::Silent {
        seconds: 2.0,
        age_secs: 9.0,
        until: TimeNs(-7),
    };

    #[test]
    fn a_silent_source_is_absent_and_said_to_be() {
        let plan = ["a", "b", "c"].map(planned);
        let read = vec![Err(SILENT), Ok(Some(extracted(9))), Ok(Some(extracted(5)))];
        let assembled = assemble(&plan, read, |_| false).expect("two sources have data");
        assert_eq!(assembled.interval_ns, Some(5));
        let inputs = assembled.inputs;
        assert_eq!(inputs.by_role[&DataRole::Primary].len(), 2);
        let expected = "a: no data in the last 2 s: the newest are 9.0 s older than other data";
        assert_eq!(inputs.absent, [expected]);
        assert_eq!(inputs.silent_since, Some(TimeNs(-7)));
    }

    #[test]
    fn a_source_that_fell_behind_the_others_is_said_to_be_silent() {
        let plan = ["a", "b", "c"].map(planned);
        let until = |secs: i64, interval_ns| {
            let mut extracted = extracted(interval_ns);
            extracted.data.time.end = TimeNs(secs * 1_000_000_000);
            Ok(Some(extracted))
        };
        let slow_ns = 10_000_000_000;
        let read = vec![until(100, 1), until(88, 1), until(88, slow_ns)];
        let inputs = assemble(&plan, read, |_| false)
            .expect("all have data")
            .inputs;
        assert_eq!(inputs.absent, ["b: no data for more than 10 s"]);
        assert_eq!(inputs.silent_since, Some(TimeNs(88_000_000_000)));
        let stopped_b = |key: &ResultKey| key.source == "b";
        for silent in [until(88, 1), Err(SILENT)] {
            let read = vec![until(100, 1), silent, until(98, 1)];
            let inputs = assemble(&plan, read, stopped_b)
                .expect("two have data")
                .inputs;
            assert_eq!((inputs.absent.len(), inputs.silent_since), (0, None));
        }
        let read = vec![until(100, 1), Ok(None), until(98, 1)];
        let inputs = assemble(&plan, read, |_| false)
            .expect("two have data")
            .inputs;
        assert_eq!(inputs.absent, ["b: no data yet"]);
        assert_eq!(inputs.silent_since, None);
    }

    #[test]
    fn an_axis_that_stands_still_is_not_silent() {
        let axis = PlannedInput {
            role: DataRole::XAxis,
            ..planned("motor")
        };
        let mut counts = extracted(1);
        counts.data.time.end = TimeNs(100_000_000_000);
        let read = vec![Ok(Some(counts)), Ok(Some(extracted(9)))];
        let assembled = assemble(&[planned("a"), axis], read, |_| false).expect("both have data");
        assert_eq!(assembled.inputs.absent, [""; 0]);
        assert_eq!(
            (assembled.inputs.silent_since, assembled.interval_ns),
            (None, Some(1))
        );
    }

    #[test]
    fn a_layer_without_sources_is_made_from_nothing() {
        let assembled = assemble(&[], Vec::new(), |_| false).expect("nothing is needed");
        assert!(assembled.inputs.by_role.is_empty());
        assert_eq!(assembled.interval_ns, None);
    }

    #[test]
    fn a_role_without_any_data_says_why() {
        let plan = ["a", "b"].map(planned);
        let error = assemble(&plan, vec![Err(SILENT), Ok(None)], |_| false).expect_err("no data");
        assert_eq!(error, InputsError::Extract(SILENT));
        let error = assemble(&plan, vec![Ok(None), Ok(None)], |_| false).expect_err("no data");
        assert_eq!(error, InputsError::Waiting);
    }
}
