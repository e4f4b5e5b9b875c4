//! What an ev44 message must look like, one rule per test.

use super::*;

const T0: i64 = 1_700_000_000_000_000_000;

const TWO_PULSES: Ev44Parts<'_> = Ev44Parts {
    source_name: "panel_0",
    message_id: 7,
    reference_time_ns: &[T0, T0 + 71_428_571],
    reference_time_index: &[0, 2],
    time_of_flight_ns: &[10, 20, 30],
    pixel_id: &[1, 2, 3],
};

fn kind_of(parts: &Ev44Parts<'_>) -> Option<&'static str> {
    let mut builder = FlatBufferBuilder::new();
    Ev44::decode(encode(&mut builder, parts), &Limits::default())
        .err()
        .map(|error| error.kind())
}

#[test]
fn each_event_belongs_to_its_pulse() {
    let mut builder = FlatBufferBuilder::new();
    let bytes = encode(&mut builder, &TWO_PULSES);
    let message = Ev44::decode(bytes, &Limits::default()).unwrap();
    assert_eq!(
        (message.source_name(), message.message_id()),
        ("panel_0", 7)
    );
    assert_eq!(message.event_count(), 3);
    assert_eq!(message.last_reference_time_ns(), Some(T0 + 71_428_571));
    let pulses: Vec<_> = message.pulses_or(0).collect();
    let expected = [
        Pulse {
            reference_time_ns: T0,
            time_of_flight_ns: [10, 20][..].into(),
            pixel_id: [1, 2][..].into(),
        },
        Pulse {
            reference_time_ns: T0 + 71_428_571,
            time_of_flight_ns: [30][..].into(),
            pixel_id: [3][..].into(),
        },
    ];
    assert_eq!(pulses, expected);
}

#[test]
fn pulses_without_events_are_kept() {
    let mut builder = FlatBufferBuilder::new();
    let times = [T0, T0 + 1, T0 + 2, T0 + 3];
    let parts = Ev44Parts {
        reference_time_ns: &times,
        reference_time_index: &[0, 0, 3, 3],
        ..TWO_PULSES
    };
    let message = Ev44::decode(encode(&mut builder, &parts), &Limits::default()).unwrap();
    let counts: Vec<_> = message
        .pulses_or(0)
        .map(|pulse| pulse.pixel_id.len())
        .collect();
    assert_eq!(counts, [0, 3, 0, 0]);
}

#[test]
fn without_pulse_times_the_fallback_dates_all_events() {
    for index in [&[][..], &[0]] {
        let mut builder = FlatBufferBuilder::new();
        let parts = Ev44Parts {
            reference_time_ns: &[],
            reference_time_index: index,
            ..TWO_PULSES
        };
        let message = Ev44::decode(encode(&mut builder, &parts), &Limits::default()).unwrap();
        assert_eq!(message.last_reference_time_ns(), None);
        let pulses: Vec<_> = message.pulses_or(42).collect();
        assert_eq!(pulses.len(), 1);
        assert_eq!(
            (
                pulses[0].reference_time_ns,
                pulses[0].time_of_flight_ns.len()
            ),
            (42, 3)
        );
    }
}

#[test]
fn a_monitor_has_no_pixels() {
    let mut builder = FlatBufferBuilder::new();
    let parts = Ev44Parts {
        pixel_id: &[],
        ..TWO_PULSES
    };
    let message = Ev44::decode(encode(&mut builder, &parts), &Limits::default()).unwrap();
    let counts: Vec<_> = message
        .pulses_or(0)
        .map(|p| (p.time_of_flight_ns.len(), p.pixel_id.len()))
        .collect();
    assert_eq!(counts, [(2, 0), (1, 0)]);
}

#[test]
fn vectors_that_do_not_fit_are_refused() {
    assert_eq!(
        kind_of(&Ev44Parts {
            pixel_id: &[1, 2],
            ..TWO_PULSES
        }),
        Some("mismatched")
    );
    assert_eq!(
        kind_of(&Ev44Parts {
            reference_time_index: &[0],
            ..TWO_PULSES
        }),
        Some("mismatched")
    );
    assert_eq!(
        kind_of(&Ev44Parts {
            reference_time_ns: &[T0],
            ..TWO_PULSES
        }),
        Some("mismatched")
    );
    for index in [[1, 2], [0, 4], [0, -1], [2, 0]] {
        let parts = Ev44Parts {
            reference_time_index: &index,
            ..TWO_PULSES
        };
        assert_eq!(kind_of(&parts), Some("pulse_index"), "{index:?}");
    }
}

#[test]
fn times_outside_1970_to_2200_are_refused() {
    for ns in [
        -1_000_000_000_000_000_000,
        -1,
        super::super::TIME_END_NS,
        i64::MAX,
    ] {
        let parts = Ev44Parts {
            reference_time_ns: &[T0, ns],
            ..TWO_PULSES
        };
        assert_eq!(kind_of(&parts), Some("timestamp"), "{ns}");
    }
    assert_eq!(
        kind_of(&Ev44Parts {
            reference_time_ns: &[0, 1],
            ..TWO_PULSES
        }),
        None
    );
}

#[test]
fn a_message_over_the_limit_is_refused() {
    let mut builder = FlatBufferBuilder::new();
    let bytes = encode(&mut builder, &TWO_PULSES);
    let limits = Limits {
        max_message_bytes: bytes.len() - 1,
        ..Limits::default()
    };
    assert_eq!(
        Ev44::decode(bytes, &limits).unwrap_err().kind(),
        "too_large"
    );
}

#[test]
fn more_pulses_than_the_limit_are_refused() {
    let parts = Ev44Parts {
        source_name: "panel",
        reference_time_ns: &[1, 2, 3],
        reference_time_index: &[0, 0, 0],
        ..Ev44Parts::default()
    };
    let mut builder = FlatBufferBuilder::new();
    let bytes = encode(&mut builder, &parts);
    let decode = |max_pulses| {
        let limits = Limits {
            max_pulses,
            ..Limits::default()
        };
        Ev44::decode(bytes, &limits).map(drop)
    };
    assert_eq!(decode(3), Ok(()));
    let (pulses, limit) = (3, 2);
    assert_eq!(decode(2), Err(WireError::TooManyPulses { pulses, limit }));
}
