//! What holds for ranges, scales and gestures, whatever a user does.

use proptest::prelude::*;
use shared::plot::{Projection, Range, Scale, Target, Threshold, between};

fn scales() -> impl Strategy<Value = Scale> {
    let symlog = (-12.0..12.0_f64)
        .prop_map(|power| Scale::Symlog(Threshold::new(10.0_f64.powf(power)).expect("positive")));
    prop_oneof![
        Just(Scale::Linear),
        Just(Scale::Log),
        Just(Scale::Sqrt),
        symlog
    ]
}

fn ranges() -> impl Strategy<Value = Range> {
    let any = (any::<f64>(), any::<f64>());
    let usual = (-1e6..1e6, -1e6..1e6);
    prop_oneof![any.boxed(), usual.boxed()].prop_filter_map("not finite", |(a, b)| Range::new(a, b))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_prepared_range_can_be_drawn(range in ranges(), scale in scales(), margin in 0.0..0.5) {
        let range = range.widened(scale).padded(scale, margin);
        prop_assert!(range.lo() < range.hi() && range.span().is_finite(), "{range:?}");
        prop_assert!(!scale.is_log() || range.lo() > 0.0, "{range:?}");
    }

    #[test]
    fn pixels_return_to_their_values(range in ranges(), scale in scales(), unit in 0.0..1.0) {
        let axis = Projection::new(scale, range, [10.0, 810.0]);
        let px = 10.0 + 800.0 * unit;
        prop_assert!((axis.px_from_data(axis.data_from_px(px)) - px).abs() < 0.5, "{axis:?}");
    }

    #[test]
    fn gestures_keep_ranges_usable(
        range in ranges(),
        scale in scales(),
        gestures in prop::collection::vec((-3.0..3.0, -3.0..3.0), 1..40),
    ) {
        let mut range = range;
        for (from, to) in gestures {
            range = between(range, scale, from, to);
            prop_assert!(range.lo() < range.hi() && range.span().is_finite(), "{range:?}");
            prop_assert!(!scale.is_log() || range.lo() > 0.0, "{range:?}");
        }
    }

    #[test]
    fn autoscale_shows_all_data_and_settles(
        data in ranges(),
        shown in ranges(),
        scale in scales(),
        margin in 0.0..0.2,
    ) {
        let data = data.admitted(scale);
        let target = Target::of_range(data, scale, margin);
        let next = target.follow(Some(shown), scale);
        prop_assert!(next.encloses(data), "{data:?} {next:?}");
        prop_assert_eq!(target.follow(Some(next), scale), next);
    }
}
