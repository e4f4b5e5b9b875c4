//! The past that is kept before anybody asks.

use std::ops::Range;

use super::*;

/// A window over the newest slots.
fn of_slots(count: u32) -> Extractor {
    Extractor::Window {
        seconds: f64::from(count) / 10.0,
        aggregation: Aggregation::Auto,
    }
}

fn spectrum(slot: i64, bins: usize) -> DataArray {
    let coords = vec![Coord::index("x", bins)];
    array(slot, coords, Values::U32(vec![slot as u32; bins]))
}

#[test]
fn the_little_past_of_what_has_one_axis_is_there_for_who_asks_late() {
    let small = service(Budget::default());
    for slot in 0..10 {
        small.publish(vec![window("current", spectrum(slot, 2))]);
    }
    let want = small.want(&key("current"), LAST_THREE);
    let found = extract(&small, "current", LAST_THREE);
    assert_eq!(*found.data.values, Values::U32(vec![7 + 8 + 9; 2]));
    assert_eq!(found.note, None);
    drop(want);
    // Two minutes of it, if that is little.
    for slot in 10..2_000 {
        small.publish(vec![window("current", spectrum(slot, 2))]);
    }
    let of_one = 8 + size_of::<DataArray>();
    let kept = small.usage().0 / of_one;
    assert!((1_190..=1_210).contains(&kept), "{kept}");
    let large = service(Budget::default());
    let publish = |slots: Range<i64>| {
        for slot in slots {
            large.publish(vec![window("current", spectrum(slot, 10_000))]);
        }
        large.usage().0
    };
    assert!(publish(0..200) <= 1 << 20);
    // Who needs a little more of it gets that, and no second minute along with it.
    let of_one = 40_000 + size_of::<DataArray>();
    let _want = large.want(&key("current"), of_slots(50));
    assert_eq!(publish(200..400), 50 * of_one);
}

#[test]
fn what_nobody_asked_for_gives_way_before_what_somebody_needs() {
    let of_one = 8 * 4 + size_of::<DataArray>();
    let service = service(Budget {
        total_bytes: 40 * of_one,
        ..Budget::default()
    });
    let _want = service.want(&key("current"), of_slots(30));
    for slot in 0..100 {
        let results = ["current", "other", "third"].map(|it| window(it, spectrum(slot, 8)));
        service.publish(results.into());
    }
    let found = extract(&service, "current", Extractor::FullHistory);
    assert_eq!(found.data.shape()[0], 30, "all that is needed");
    assert!(service.usage().0 <= 40 * of_one);
}
