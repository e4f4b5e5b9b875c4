//! How much data time stands behind windows.

use shared::data::{Coord, CoordValues, Label};

use super::*;

const S: i64 = 1_000_000_000;

/// A result from `start` to `end`, s, with ten counts on each of these axes.
fn result((start, end): (i64, i64), coords: Vec<Coord>) -> DataArray {
    let len = coords.iter().map(Coord::len).product();
    DataArray {
        label: "Counts".into(),
        unit: Unit::counts(),
        coords,
        values: Arc::new(Values::U32(vec![10; len])),
        variances: None,
        time: TimeInterval {
            start: TimeNs(start * S),
            end: TimeNs(end * S),
        },
    }
}

fn covered_secs(results: Vec<DataArray>, aggregation: Aggregation) -> Vec<f64> {
    let mut results = results.into_iter();
    let first = results.next().expect("one at least");
    let mut buffer = Buffer::new(first, Temporality::Window, i64::MAX);
    results.for_each(|it| buffer.push(it, Temporality::Window));
    let seconds = 100.0;
    let extractor = Extractor::Window {
        seconds,
        aggregation,
    };
    let found = extractor.extract(&buffer, 0);
    let found = found.expect("no sums").expect("no region in particular");
    let secs = found.covered_secs.expect("windows cover time");
    secs.to_vec()
}

const WITH_A_SILENCE: [(i64, i64); 3] = [(0, 1), (1, 3), (33, 34)];

#[test]
fn silences_within_a_window_do_not_count() {
    for coords in [Vec::new(), vec![Coord::index("x", 2)]] {
        let results = || {
            WITH_A_SILENCE
                .map(|span| result(span, coords.clone()))
                .to_vec()
        };
        assert_eq!(covered_secs(results(), Aggregation::Auto), [4.0]);
        // A mean is one of the results: what it covers is, too.
        assert_eq!(covered_secs(results(), Aggregation::Mean), [4.0 / 3.0]);
        let one = vec![result((0, 2), coords.clone())];
        assert_eq!(covered_secs(one, Aggregation::Auto), [2.0]);
    }
}

#[test]
fn each_region_has_the_time_of_its_own_results() {
    let regions = |editions: &[u64]| {
        let label = |edition: &u64| Label {
            name: "".into(),
            colour: None,
            edition: *edition,
            since: None,
        };
        let labels = Coord {
            values: CoordValues::Labels(editions.iter().map(label).collect()),
            ..Coord::index("roi", 0)
        };
        vec![labels, Coord::index("x", 2)]
    };
    let of_editions: [&[u64]; 3] = [&[1], &[1, 2], &[1, 2]];
    let spans = WITH_A_SILENCE.into_iter();
    let results = spans
        .zip(of_editions)
        .map(|(span, it)| result(span, regions(it)));
    let secs = covered_secs(results.collect(), Aggregation::Auto);
    assert_eq!(secs, [4.0, 3.0]);
}
