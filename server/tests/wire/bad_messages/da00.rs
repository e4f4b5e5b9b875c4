//! Bad arrays.

use server::wire::{FlatBufferBuilder, Limits, Message, TIME_END_NS};

use super::{T0, assert_kinds};
use crate::bad_bytes::Field::{Inline, Vector};
use crate::bad_bytes::table;
use crate::messages::encode_da00;
use crate::touch;

#[test]
fn variables_that_are_not_there() {
    let far = 1_000_000_u32.to_le_bytes();
    let made = |variables| table(*b"da00", &[Vector(1, b"s"), Inline(&T0), variables]);
    assert_kinds(&[
        (
            "no list",
            table(*b"da00", &[Vector(1, b"s"), Inline(&T0)]),
            "absent",
        ),
        ("list of none", made(Vector(0, &[])), "absent"),
        (
            "pointer out of the message",
            made(Vector(1, &far)),
            "invalid",
        ),
        (
            "longer than the message",
            made(Vector(1 << 20, &far)),
            "invalid",
        ),
    ]);
}

#[test]
fn absurd_times() {
    assert_kinds(&[
        ("year 2200", encode_da00("s", TIME_END_NS, &[]), "timestamp"),
        ("before 1970", encode_da00("s", -1, &[]), "timestamp"),
    ]);
}

#[test]
fn tables_beyond_the_limit() {
    let bytes = crowd(300, 1, 2);
    let limits = |max_tables| Limits {
        max_tables,
        ..Limits::default()
    };
    assert_eq!(Message::decode(&bytes, &limits(301)).err(), None);
    assert_eq!(
        Message::decode(&bytes, &limits(300)).unwrap_err().kind(),
        "invalid"
    );
}

#[test]
fn many_variables_may_not_share_one_large_vector() {
    assert_eq!(touch::decode(&crowd(2, 1_000_000, 2)), Ok(()));
    assert_eq!(
        touch::decode(&crowd(100, 1_000_000, 2)).unwrap_err().kind(),
        "invalid"
    );
}

#[test]
fn elements_that_are_none() {
    assert_kinds(&[
        ("type none", crowd(1, 1, 0), "element_type"),
        ("type unknown", crowd(1, 1, 12), "element_type"),
        ("type negative", crowd(1, 1, -128), "element_type"),
        ("bytes too few", crowd(1, 5, 10), "size"),
    ]);
}

/// A da00 message of `count` variables that all point to the same vector of `len` elements.
fn crowd(count: usize, len: usize, dtype: i8) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let data = builder.create_vector(&vec![0_u8; len]);
    let shape = builder.create_vector(&[len as i64]);
    let name = builder.create_string("v");
    let axes = builder.create_vector(&[name]);
    let mut variables = Vec::new();
    for _ in 0..count {
        let table = builder.start_table();
        builder.push_slot_always(4, name);
        builder.push_slot_always(12, dtype);
        builder.push_slot_always(14, axes);
        builder.push_slot_always(16, shape);
        builder.push_slot_always(18, data);
        variables.push(builder.end_table(table));
    }
    let variables = builder.create_vector(&variables);
    let table = builder.start_table();
    builder.push_slot_always(4, name);
    builder.push_slot_always(6, 1_i64);
    builder.push_slot_always(8, variables);
    let root = builder.end_table(table);
    builder.finish(root, Some("da00"));
    builder.finished_data().to_vec()
}
