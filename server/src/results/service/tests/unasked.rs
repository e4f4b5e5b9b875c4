//! The past that is kept before anybody asks.

use super::*;

#[test]
fn the_little_past_of_what_has_one_axis_is_there_for_who_asks_late() {
    let spectrum = |slot: i64, bins: usize| {
        let coords = vec![Coord::index("x", bins)];
        array(slot, coords, Values::U32(vec![slot as u32; bins]))
    };
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
    for slot in 0..200 {
        large.publish(vec![window("current", spectrum(slot, 10_000))]);
    }
    assert!(large.usage().0 <= 1 << 20, "{}", large.usage().0);
}
