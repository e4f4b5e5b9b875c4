//! Bad events.

use server::wire::da00::Da00;
use server::wire::ev44::{Ev44Parts, encode};
use server::wire::{FlatBufferBuilder, Limits, TIME_END_NS, ad00::Ad00, f144::F144};

use super::{T0, assert_kinds};
use crate::bad_bytes::Field::{self, Absent, Vector};
use crate::bad_bytes::table;
use crate::touch;

const NAME: Field<'_> = Vector(1, b"s");
const TIME: Field<'_> = Vector(1, &T0);
const ONE: Field<'_> = Vector(1, &[0; 4]);

fn made(fields: &[Field<'_>]) -> Vec<u8> {
    table(*b"ev44", fields)
}

fn encoded(change: impl FnOnce(&mut Ev44Parts<'_>)) -> Vec<u8> {
    let mut parts = Ev44Parts {
        source_name: "panel_0",
        message_id: 0,
        reference_time_ns: &[1_700_000_000_000_000_000],
        reference_time_index: &[0],
        time_of_flight_ns: &[1, 2],
        pixel_id: &[1, 2],
    };
    change(&mut parts);
    encode(&mut FlatBufferBuilder::new(), &parts).to_vec()
}

#[test]
fn the_hand_made_table_is_a_valid_message() {
    assert_eq!(
        touch::decode(&made(&[NAME, Absent, TIME, ONE, ONE, Absent])),
        Ok(())
    );
}

#[test]
fn fields_that_are_absent_or_reach_beyond_the_message() {
    let bad_name = Vector(1, b"\xFF");
    assert_kinds(&[
        ("no vectors", made(&[NAME]), "absent"),
        ("no name", made(&[Absent, Absent, TIME, ONE, ONE]), "absent"),
        (
            "no pulses",
            made(&[NAME, Absent, Absent, ONE, ONE]),
            "absent",
        ),
        (
            "no index",
            made(&[NAME, Absent, TIME, Absent, ONE]),
            "absent",
        ),
        (
            "no events",
            made(&[NAME, Absent, TIME, ONE, Absent]),
            "absent",
        ),
        (
            "name not UTF-8",
            made(&[bad_name, Absent, TIME, ONE, ONE]),
            "text",
        ),
        (
            "too long",
            made(&[NAME, Absent, TIME, ONE, Vector(1 << 30, &[0; 4])]),
            "invalid",
        ),
        (
            "absurd",
            made(&[NAME, Absent, TIME, ONE, Vector(u32::MAX, &[0; 4])]),
            "invalid",
        ),
    ]);
}

#[test]
fn vectors_that_do_not_fit_together() {
    assert_kinds(&[
        ("fewer pixels", encoded(|m| m.pixel_id = &[1]), "mismatched"),
        (
            "more pixels",
            encoded(|m| m.pixel_id = &[1, 2, 3]),
            "mismatched",
        ),
        (
            "more pulses",
            encoded(|m| m.reference_time_ns = &[1, 2]),
            "mismatched",
        ),
        (
            "no starts",
            encoded(|m| m.reference_time_index = &[]),
            "mismatched",
        ),
        (
            "first start late",
            encoded(|m| m.reference_time_index = &[1]),
            "pulse_index",
        ),
        (
            "negative start",
            encoded(|m| m.reference_time_index = &[i32::MIN]),
            "pulse_index",
        ),
    ]);
}

#[test]
fn absurd_times() {
    assert_kinds(&[
        (
            "year 2200",
            encoded(|m| m.reference_time_ns = &[TIME_END_NS]),
            "timestamp",
        ),
        (
            "end of time",
            encoded(|m| m.reference_time_ns = &[i64::MAX]),
            "timestamp",
        ),
        (
            "1938",
            encoded(|m| m.reference_time_ns = &[-1_000_000_000_000_000_000]),
            "timestamp",
        ),
    ]);
}

#[test]
fn decoders_of_other_schemas_refuse_it() {
    let (bytes, limits) = (encoded(|_| ()), Limits::default());
    assert_eq!(
        Da00::decode(&bytes, &limits).unwrap_err().kind(),
        "wrong_schema"
    );
    assert_eq!(
        F144::decode(&bytes, &limits).unwrap_err().kind(),
        "wrong_schema"
    );
    assert_eq!(
        Ad00::decode(&bytes, &limits).unwrap_err().kind(),
        "wrong_schema"
    );
}
