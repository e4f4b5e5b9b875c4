//! Flatbuffers assembled by hand, for what no builder would write.

/// A table whose fields are given as raw bytes by slot, behind a root offset and an identifier.
/// Vectors and strings follow the table; a field is either inline bytes or a payload to point at.
pub(crate) enum Field<'a> {
    /// Nothing at this slot.
    Absent,
    /// A scalar, as its little-endian bytes.
    Inline(&'a [u8]),
    /// A vector or string: its length word and its bytes, to which the field points.
    Vector(u32, &'a [u8]),
}

/// Where the table starts: after the root offset and the identifier, aligned to 8 bytes for scalars.
const TABLE_AT: usize = 48;
const VTABLE_AT: usize = 8;

/// The message of identifier `id` with these fields, each in its own 8-byte slot.
pub(crate) fn table(id: [u8; 4], fields: &[Field<'_>]) -> Vec<u8> {
    let table_len = 8 + 8 * fields.len();
    let mut bytes = vec![0; TABLE_AT + table_len];
    put(&mut bytes, 0, &(TABLE_AT as u32).to_le_bytes());
    put(&mut bytes, 4, &id);
    put(
        &mut bytes,
        VTABLE_AT,
        &(4 + 2 * fields.len() as u16).to_le_bytes(),
    );
    put(&mut bytes, VTABLE_AT + 2, &(table_len as u16).to_le_bytes());
    put(
        &mut bytes,
        TABLE_AT,
        &((TABLE_AT - VTABLE_AT) as i32).to_le_bytes(),
    );
    for (slot, field) in fields.iter().enumerate() {
        let inline_at = 8 + 8 * slot;
        if !matches!(field, Field::Absent) {
            put(
                &mut bytes,
                VTABLE_AT + 4 + 2 * slot,
                &(inline_at as u16).to_le_bytes(),
            );
        }
        match field {
            Field::Absent => {}
            Field::Inline(value) => put(&mut bytes, TABLE_AT + inline_at, value),
            Field::Vector(len, payload) => {
                // The length word is 4 bytes before the elements, which are aligned to 8.
                let len_at = bytes.len().next_multiple_of(8) + 4;
                let offset = (len_at - (TABLE_AT + inline_at)) as u32;
                put(&mut bytes, TABLE_AT + inline_at, &offset.to_le_bytes());
                bytes.resize(len_at, 0);
                bytes.extend_from_slice(&len.to_le_bytes());
                bytes.extend_from_slice(payload);
                bytes.push(0);
            }
        }
    }
    bytes
}

fn put(bytes: &mut [u8], at: usize, what: &[u8]) {
    bytes[at..at + what.len()].copy_from_slice(what);
}
