//! No bytes make a decoder panic, loop or read past the end: random ones, truncations and mutations.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::messages::message;
use crate::touch;

/// Bytes that claim to be of one of our schemas but are otherwise random.
fn impostor() -> impl Strategy<Value = Vec<u8>> {
    let ids = prop::sample::select(vec![
        *b"ev44", *b"da00", *b"f144", *b"ad00", *b"al00", *b"ep01",
    ]);
    (ids, vec(small_byte(), 8..400)).prop_map(|(id, mut bytes)| {
        bytes[4..8].copy_from_slice(&id);
        bytes
    })
}

/// Offsets and lengths that stay within a short message come from small bytes.
fn small_byte() -> impl Strategy<Value = u8> {
    prop_oneof![4 => Just(0), 3 => 0..64_u8, 1 => any::<u8>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..300)) {
        touch::every_decoder(&bytes);
    }

    #[test]
    fn random_bytes_behind_a_valid_identifier_do_no_harm(bytes in impostor()) {
        touch::every_decoder(&bytes);
    }

    #[test]
    fn mutated_messages_do_no_harm(
        mut bytes in message(),
        changes in vec((any::<prop::sample::Index>(), small_byte()), 1..8),
    ) {
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        touch::every_decoder(&bytes);
    }

    #[test]
    fn flipped_bits_do_no_harm(mut bytes in message(), at in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        touch::every_decoder(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_truncation_does_no_harm(bytes in message()) {
        prop_assert!(touch::decode(&bytes).is_ok());
        for len in 0..bytes.len() {
            touch::every_decoder(&bytes[..len]);
        }
    }
}
