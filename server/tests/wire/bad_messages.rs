//! A corpus of bad messages: each is refused, and for the right reason.

mod ad00;
mod da00;
mod ev44;
mod f144;

use crate::bad_bytes::Field::Vector;
use crate::bad_bytes::table;
use crate::touch;

/// A time that any message may carry, as it lies on the wire.
const T0: [u8; 8] = 1_700_000_000_000_000_000_i64.to_le_bytes();

/// Asserts that each message, told by its name, is refused with the error of this kind.
fn assert_kinds(cases: &[(&str, Vec<u8>, &str)]) {
    for (name, bytes, expected) in cases {
        let found = touch::decode(bytes).map_err(|error| error.kind());
        assert_eq!(found, Err(*expected), "{name}");
    }
}

#[test]
fn without_a_head_there_is_no_schema() {
    assert_kinds(&[
        ("empty", Vec::new(), "too_short"),
        ("seven bytes", b"\x08\0\0\0ev4".to_vec(), "too_short"),
        ("garbage", vec![0xA5; 64], "unknown_schema"),
        ("text", b"this is no flatbuffer".to_vec(), "unknown_schema"),
        (
            "foreign",
            table(*b"x5f2", &[Vector(1, b"s")]),
            "unknown_schema",
        ),
        ("zeros", vec![0; 64], "unknown_schema"),
    ]);
}

#[test]
fn a_head_alone_is_not_a_message() {
    for id in [*b"ev44", *b"da00", *b"f144", *b"ad00"] {
        let head = |root: u32| [root.to_le_bytes(), id].concat();
        let mut garbage = head(16);
        garbage.resize(200, 0xFF);
        assert_kinds(&[
            ("head only", head(8), "invalid"),
            ("root far away", head(u32::MAX), "invalid"),
            (
                "table that is its own empty vtable",
                [head(8), vec![0; 4]].concat(),
                "absent",
            ),
            ("garbage behind", garbage, "invalid"),
            ("no fields", table(id, &[]), "absent"),
        ]);
    }
}
