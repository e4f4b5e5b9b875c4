//! How long histories are, by who wants them and until when.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::*;

/// How many results of `current` are kept.
fn kept(service: &DataService) -> usize {
    let found = extract(service, "current", Extractor::FullHistory);
    found.data.shape()[0]
}

#[test]
fn of_the_wants_that_last_the_longest_decides() {
    let service = service(Budget::default());
    let want = |slots: i64| {
        let seconds = (slots * SLOT) as f64 / 1e9;
        let aggregation = Aggregation::Sum;
        let window = Extractor::Window {
            seconds,
            aggregation,
        };
        service.want(&key("current"), window)
    };
    let publish = |slots: Range<i64>| {
        slots.for_each(|slot| {
            service.publish(vec![window("current", image(slot))]);
        });
    };
    let (three, five, again) = (want(3), want(5), want(5));
    publish(0..10);
    assert_eq!(kept(&service), 5);
    drop(five);
    assert_eq!(kept(&service), 5, "somebody else needs as much");
    drop(again);
    assert_eq!(kept(&service), 3, "cut at once");
    let all = service.want(&key("current"), Extractor::FullHistory);
    publish(10..20);
    assert_eq!(kept(&service), 13);
    drop((three, all));
    assert_eq!(
        (kept(&service), service.usage().0),
        (1, 0),
        "the newest stays"
    );
    let _late = want(3);
    publish(20..30);
    assert_eq!(kept(&service), 3);
}

#[test]
fn a_want_without_an_owner_lapses_unless_it_is_renewed() {
    let service = service(Budget::default());
    let start = Instant::now();
    let after = |secs| start + Duration::from_secs(secs);
    let renew = |until| service.want_until(&key("current"), LAST_THREE, until);
    renew(after(10));
    (0..10).for_each(|slot| {
        service.publish(vec![window("current", image(slot))]);
    });
    renew(after(20));
    service.lapse(after(10));
    assert_eq!(kept(&service), 3);
    service.lapse(after(20));
    assert_eq!(kept(&service), 1);
}

#[test]
fn wants_that_lapse_are_bounded() {
    let service = service(Budget::default());
    let now = Instant::now();
    let of = |output: &str, secs| {
        let until = now + Duration::from_secs(secs);
        service.want_until(&key(output), LAST_THREE, until);
    };
    of("current", 1);
    (0..3).for_each(|slot| {
        service.publish(vec![window("current", image(slot))]);
    });
    (0..1_000).for_each(|i| of(&format!("other {i}"), 2));
    assert_eq!(kept(&service), 1, "it was the next to lapse");
}
