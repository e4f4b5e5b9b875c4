//! What holds for the ticks of every axis, whatever its range and room.

use std::collections::BTreeSet;

use proptest::prelude::*;
use shared::plot::{
    Range, Room, Scale, Threshold, Ticks, bent_ticks, linear_ticks, log_ticks, time_ticks,
};

fn rooms() -> impl Strategy<Value = Room> {
    prop_oneof![
        (1.0..3000.0, 4.0..20.0).prop_map(|(length, char)| Room::horizontal(length, char)),
        (1.0..3000.0, 8.0..40.0).prop_map(|(length, line)| Room::vertical(length, line)),
    ]
}

/// Ranges of every size, near to and far from zero.
fn ranges() -> impl Strategy<Value = Range> {
    let magnitudes = -290.0..290.0;
    let wide = (-1.0..1.0, -1.0..1.0, magnitudes.clone()).prop_map(|(a, b, m)| {
        let unit = 10.0_f64.powf(m);
        Range::new(a * unit, b * unit).expect("both ends are finite")
    });
    let narrow = (magnitudes, -17.0..0.0).prop_map(|(m, relative): (f64, f64)| {
        let lo = 10.0_f64.powf(m);
        Range::new(lo, lo * (1.0 + 10.0_f64.powf(relative))).expect("both ends are finite")
    });
    prop_oneof![wide, narrow]
}

fn bent_scales() -> impl Strategy<Value = Scale> {
    let symlog = (-20.0..20.0_f64)
        .prop_map(|power| Scale::Symlog(Threshold::new(10.0_f64.powf(power)).expect("positive")));
    prop_oneof![Just(Scale::Sqrt), symlog]
}

fn check(ticks: &Ticks, shown: Range, room: Room) -> Result<(), TestCaseError> {
    let values: Vec<_> = ticks.ticks.iter().map(|tick| tick.value).collect();
    prop_assert!(
        values.iter().all(|value| shown.contains(*value)),
        "{shown:?} {values:?}"
    );
    prop_assert!(
        values.windows(2).all(|pair| pair[0] < pair[1]),
        "{values:?}"
    );
    let n_majors = ticks.majors().count();
    prop_assert!(
        n_majors as f64 <= room.length_px() / room.spacing_px(1) + 2.0,
        "{ticks:?}"
    );
    prop_assert!(
        values.len() as f64 <= room.length_px() / 1.3 + 10.0,
        "{}",
        values.len()
    );
    prop_assert!(
        ticks
            .ticks
            .iter()
            .all(|tick| tick.major != tick.label.is_empty())
    );
    Ok(())
}

fn check_labels_differ(ticks: &Ticks) -> Result<(), TestCaseError> {
    let mut said = BTreeSet::new();
    let mut note = None;
    for tick in ticks.majors() {
        note = tick.note.as_deref().or(note);
        prop_assert!(said.insert((note, &tick.label)), "{ticks:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn linear(range in ranges(), room in rooms()) {
        let ticks = linear_ticks(range, room);
        check(&ticks, range.widened(Scale::Linear), room)?;
        check_labels_differ(&ticks)?;
    }

    #[test]
    fn linear_labels_say_their_values(range in ranges(), room in rooms()) {
        let ticks = linear_ticks(range, room);
        for tick in ticks.majors() {
            let said = format!("{}e{}", tick.label.replace('−', "-"), ticks.exponent);
            let said: f64 = said.parse().expect("labels are numbers");
            prop_assert!((said - tick.value).abs() <= 1e-14 * tick.value.abs(), "{said} {tick:?}");
        }
    }

    #[test]
    fn logarithmic(range in ranges(), room in rooms()) {
        let ticks = log_ticks(range, room);
        check(&ticks, range.admitted(Scale::Log).widened(Scale::Log), room)?;
        check_labels_differ(&ticks)?;
    }

    #[test]
    fn around_zero(range in ranges(), scale in bent_scales(), room in rooms()) {
        let ticks = bent_ticks(range, scale, room);
        check(&ticks, range.widened(scale), room)?;
        check_labels_differ(&ticks)?;
    }

    #[test]
    fn no_more_labels_than_were_asked_for(
        range in ranges(),
        scale in bent_scales(),
        room in rooms(),
        at_most in 2..=20_u8,
    ) {
        let room = room.with_labels(at_most);
        for ticks in [
            linear_ticks(range, room),
            log_ticks(range, room),
            bent_ticks(range, scale, room),
            time_ticks(0, range, 0, room),
        ] {
            prop_assert!(ticks.majors().count() <= usize::from(at_most), "{ticks:?}");
        }
    }

    #[test]
    fn time(
        base_ns in any::<i64>(),
        start in -1e18..1e18_f64,
        magnitude in -1.0..19.0_f64,
        utc_offset_min in -840..=840,
        room in rooms(),
    ) {
        let range = Range::new(start, start + 10.0_f64.powf(magnitude)).expect("finite");
        let ticks = time_ticks(base_ns, range, utc_offset_min * 60, room);
        check(&ticks, range.widened_by(1e9), room)?;
        check_labels_differ(&ticks)?;
    }
}
