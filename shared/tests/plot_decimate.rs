//! What M4 keeps, whatever the curve.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shared::plot::m4;

/// A curve with rising abscissas and gaps.
fn curves() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let value = prop_oneof![9 => -1e3..1e3, 1 => Just(f64::NAN), 1 => Just(f64::INFINITY)];
    prop::collection::vec((0.0..0.7, value), 0..400).prop_map(|steps| {
        let mut x = -20.0;
        steps
            .into_iter()
            .map(|(dx, y)| {
                x += dx;
                (x, y)
            })
            .collect()
    })
}

fn kept(points: &[(f64, f64)]) -> Vec<usize> {
    let mut kept = Vec::new();
    m4(points.iter().copied(), &mut kept);
    kept
}

fn finite(points: &[(f64, f64)]) -> impl Iterator<Item = (usize, i64, f64)> {
    points
        .iter()
        .enumerate()
        .filter(|(_, (_, y))| y.is_finite())
        .map(|(i, (x, y))| (i, x.floor() as i64, *y))
}

/// First, lowest, highest and last value of each pixel column.
fn columns(points: &[(f64, f64)]) -> BTreeMap<i64, [f64; 4]> {
    let mut columns = BTreeMap::new();
    for (_, x, y) in finite(points) {
        let column = columns.entry(x).or_insert([y; 4]);
        *column = [column[0], column[1].min(y), column[2].max(y), y];
    }
    columns
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_column_loses_its_first_lowest_highest_or_last(points in curves()) {
        let kept = kept(&points);
        prop_assert!(kept.windows(2).all(|pair| pair[0] < pair[1]), "{kept:?}");
        let picked: Vec<_> = kept.iter().map(|i| points[*i]).collect();
        prop_assert_eq!(columns(&points), columns(&picked));
    }

    #[test]
    fn output_is_bounded_by_columns(points in curves()) {
        prop_assert!(kept(&points).len() <= 10 * columns(&points).len() + 1);
    }

    #[test]
    fn gaps_between_columns_stay_and_no_others_appear(points in curves()) {
        let kept = kept(&points);
        let finite: Vec<_> = finite(&points).collect();
        for pair in finite.windows(2) {
            let ((a, column_a, _), (b, column_b, _)) = (pair[0], pair[1]);
            let is_gap = b - a > 1;
            let n_kept = kept.iter().filter(|i| (a + 1..b).contains(*i)).count();
            prop_assert!(n_kept <= usize::from(is_gap));
            if is_gap && column_a != column_b {
                prop_assert_eq!(n_kept, 1);
            }
        }
    }

    #[test]
    fn sparse_curves_are_kept_whole(ys in prop::collection::vec(-1e3..1e3, 0..300)) {
        let points: Vec<_> = (0..).zip(&ys).map(|(i, y)| (f64::from(i) / 4.0, *y)).collect();
        prop_assert_eq!(kept(&points), (0..ys.len()).collect::<Vec<_>>());
    }
}
