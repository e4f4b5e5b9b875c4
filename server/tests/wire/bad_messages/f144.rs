//! Bad logs.

use server::wire::f144::LogValue;
use server::wire::{Scalar, TIME_END_NS};

use super::{T0, assert_kinds};
use crate::bad_bytes::Field::{Inline, Vector};
use crate::bad_bytes::table;
use crate::messages::encode_f144;

#[test]
fn values_that_are_absent_or_of_no_type() {
    let name = || Vector(1, b"s");
    let of_type = |tag: &[u8]| {
        table(
            *b"f144",
            &[name(), Inline(&T0), Inline(tag), Vector(4, &[0; 16])],
        )
    };
    assert_kinds(&[
        (
            "no value",
            table(*b"f144", &[name(), Inline(&T0)]),
            "absent",
        ),
        (
            "only a type",
            table(*b"f144", &[name(), Inline(&T0), Inline(&[3])]),
            "invalid",
        ),
        ("value of no type", of_type(&[0]), "element_type"),
        ("type unknown", of_type(&[21]), "element_type"),
    ]);
}

#[test]
fn absurd_times() {
    let value = LogValue::Scalar(Scalar::F64(1.0));
    assert_kinds(&[
        (
            "year 2200",
            encode_f144("s", TIME_END_NS, value),
            "timestamp",
        ),
        (
            "before 1970",
            encode_f144("s", i64::MIN, value),
            "timestamp",
        ),
    ]);
}
