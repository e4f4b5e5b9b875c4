//! Leaves out of a module what only people read.

use anyhow::Result;
use wasmparser::{Parser, Payload};

/// The module without its custom sections: names and producers.
pub(crate) fn without_names(module: &[u8]) -> Result<Vec<u8>> {
    const HEADER_BYTES: usize = 8;
    let mut kept = module[..HEADER_BYTES.min(module.len())].to_vec();
    // A section is kept with its id and length, which lie between the end of the one before and its own content.
    let mut begin = HEADER_BYTES;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let Some((_, range)) = payload.as_section() else {
            continue;
        };
        let end = usize::try_from(range.end)?;
        if !matches!(payload, Payload::CustomSection(_)) {
            kept.extend_from_slice(&module[begin..end]);
        }
        begin = end;
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::without_names;

    /// One type `() -> ()`, the custom section `name` with two bytes, and no functions.
    const MODULE: &[u8] = &[
        0, b'a', b's', b'm', 1, 0, 0, 0, // header
        1, 4, 1, 0x60, 0, 0, // types
        0, 7, 4, b'n', b'a', b'm', b'e', 0, 0, // names
        3, 1, 0, // functions
    ];

    #[test]
    fn names_go_and_everything_else_stays() {
        let kept = without_names(MODULE).expect("a module");
        assert_eq!(kept, [&MODULE[..14], &MODULE[23..]].concat());
        assert!(without_names(&MODULE[..16]).is_err(), "cut off");
    }
}
