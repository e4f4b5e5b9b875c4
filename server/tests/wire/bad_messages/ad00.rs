//! Bad frames.

use server::wire::TIME_END_NS;

use super::{T0, assert_kinds};
use crate::bad_bytes::Field::{Absent, Inline, Vector};
use crate::bad_bytes::table;
use crate::touch;

/// A frame of these lengths, element type and data.
fn frame(time: [u8; 8], lengths: &[i64], dtype: u8, data: &[u8]) -> Vec<u8> {
    let dims: Vec<u8> = lengths.iter().flat_map(|len| len.to_le_bytes()).collect();
    let fields = [
        Vector(1, b"s"),
        Absent,
        Inline(&time),
        Vector(lengths.len() as u32, &dims),
        Inline(&[dtype]),
        Vector(data.len() as u32, data),
    ];
    table(*b"ad00", &fields)
}

#[test]
fn shapes_that_data_do_not_fill() {
    let of = |lengths: &[i64], dtype, data: &[u8]| frame(T0, lengths, dtype, data);
    assert_eq!(touch::decode(&of(&[2, 2], 3, &[0; 8])), Ok(()));
    assert_kinds(&[
        ("bytes short", of(&[2, 2], 3, &[0; 7]), "size"),
        ("bytes over", of(&[2, 2], 3, &[0; 10]), "size"),
        ("huge", of(&[1 << 31, 1 << 31], 9, &[0; 8]), "size"),
        (
            "overflow",
            of(&[1 << 40, 1 << 40], 9, &[0; 8]),
            "dimensions",
        ),
        (
            "hidden by zero",
            of(&[0, 1 << 40, 1 << 40], 9, &[]),
            "dimensions",
        ),
        ("negative", of(&[-2, -2], 3, &[0; 8]), "dimensions"),
        ("nine dimensions", of(&[1; 9], 1, &[0]), "dimensions"),
    ]);
}

#[test]
fn elements_that_are_none() {
    let of = |dtype, data: &[u8]| frame(T0, &[1], dtype, data);
    assert_kinds(&[
        ("type unknown", of(11, &[0]), "element_type"),
        ("type negative", of(0xFF, &[0]), "element_type"),
        ("text not UTF-8", of(10, &[0xFF]), "text"),
    ]);
}

#[test]
fn absurd_times() {
    let at = |ns: i64| frame(ns.to_le_bytes(), &[1], 1, &[0]);
    assert_eq!(touch::decode(&at(TIME_END_NS - 1)), Ok(()));
    assert_kinds(&[
        ("year 2200", at(TIME_END_NS), "timestamp"),
        ("before 1970", at(-1), "timestamp"),
    ]);
}
