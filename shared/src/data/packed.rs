//! Integer arrays in as few bits as they need: counts of a detector fill a few bits, whatever their type.
//!
//! Blocks of 128 elements are written as differences from their least element, each in as many bits as the
//! largest difference of the block needs (frame of reference with bit packing). Noise, in which no general
//! compression finds repetition, comes near its entropy this way. The loops are short and not unrolled: they are
//! part of what each browser loads.

use serde::{Deserialize, Serialize};

use super::byte_string::ByteString;
use super::integer::Integer;

/// Elements of a block.
const BLOCK: usize = 128;

/// Wider differences are written as whole words, so that a word always has room for a started byte.
const WIDEST: u8 = 56;
const WHOLE_WORDS: u8 = 64;

/// A packed array.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Packed {
    len: usize,
    /// The least element of each block; for `u64` as the signed number of the same bits.
    bases: Vec<i64>,
    /// Bits per element of each block.
    widths: ByteString,
    /// The differences, the first in the lowest bits; each block starts at a byte.
    bits: ByteString,
}

impl Packed {
    pub(super) fn of<T: Integer>(values: &[T]) -> Self {
        let (mut bases, mut widths, mut bits) = (Vec::new(), Vec::new(), Vec::new());
        for block in values.chunks(BLOCK) {
            let base = block.iter().min().map_or(0, |it| it.widen());
            let differences = block.iter().map(|it| it.widen().wrapping_sub(base));
            let all = differences.clone().fold(0, |all, it| all | it);
            let width = match 64 - all.leading_zeros() as u8 {
                width @ 0..=WIDEST => width,
                _ => WHOLE_WORDS,
            };
            bases.push(base as i64);
            widths.push(width);
            write(differences, width, &mut bits);
        }
        Self {
            len: values.len(),
            bases,
            widths: ByteString(widths),
            bits: ByteString(bits),
        }
    }

    /// The array; none when the parts do not fit each other.
    pub(super) fn unpack<T: Integer>(&self) -> Option<Vec<T>> {
        let blocks = self.len.div_ceil(BLOCK);
        if blocks != self.bases.len() || blocks != self.widths.0.len() {
            return None;
        }
        let mut values = Vec::with_capacity(self.len);
        let mut rest = &self.bits.0[..];
        for (base, width) in self.bases.iter().zip(&self.widths.0) {
            let count = BLOCK.min(self.len - values.len());
            let known = matches!(*width, 0..=WIDEST | WHOLE_WORDS);
            let (block, tail) = rest
                .split_at_checked((count * usize::from(*width)).div_ceil(8))
                .filter(|_| known)?;
            read(block, count, *width, |it| {
                values.push(T::narrow(it.wrapping_add(*base as u64)));
            });
            rest = tail;
        }
        rest.is_empty().then_some(values)
    }
}

fn write(values: impl Iterator<Item = u64>, width: u8, bytes: &mut Vec<u8>) {
    if width == WHOLE_WORDS {
        return values.for_each(|it| bytes.extend(it.to_le_bytes()));
    }
    let (mut word, mut filled) = (0_u64, 0);
    for value in values {
        word |= value << filled;
        filled += width;
        while filled >= 8 {
            bytes.push(word as u8);
            word >>= 8;
            filled -= 8;
        }
    }
    if filled > 0 {
        bytes.push(word as u8);
    }
}

/// Reads `count` values of exactly the bytes that `write` made of them.
fn read(bytes: &[u8], count: usize, width: u8, mut value: impl FnMut(u64)) {
    if width == WHOLE_WORDS {
        let (words, _) = bytes.as_chunks();
        return words.iter().for_each(|it| value(u64::from_le_bytes(*it)));
    }
    let mask = (1_u64 << width) - 1;
    let (mut word, mut filled) = (0_u64, 0);
    let mut bytes = bytes.iter();
    for _ in 0..count {
        while filled < width {
            word |= bytes.next().map_or(0, |byte| u64::from(*byte) << filled);
            filled += 8;
        }
        value(word & mask);
        word >>= width;
        filled -= width;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn counts_take_the_bits_they_need() {
        let counts: Vec<u32> = (0..16_384).map(|i| 1_000_000 + (i * 7919) % 31).collect();
        let packed = Packed::of(&counts);
        assert_eq!(packed.bits.0.len(), 16_384 * 5 / 8);
        assert_eq!(packed.unpack::<u32>(), Some(counts));
    }

    #[test]
    fn equal_elements_take_none() {
        assert!(Packed::of(&[i64::MIN; 1000]).bits.0.is_empty());
        assert_eq!(Packed::of(&[] as &[u8]).unpack::<u8>(), Some(vec![]));
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        let packed = || Packed::of(&[1_u16, 2, 900]);
        let refuses = |packed: Packed| packed.unpack::<u16>().is_none();
        assert!(!refuses(packed()));
        assert!(refuses(Packed { len: 4, ..packed() }), "bits are missing");
        assert!(refuses(Packed {
            len: usize::MAX,
            ..packed()
        }));
        assert!(refuses(Packed {
            bases: vec![],
            ..packed()
        }));
        assert!(refuses(Packed {
            widths: ByteString(vec![60]),
            ..packed()
        }));
        assert!(
            refuses(Packed {
                bits: ByteString(vec![0; 9]),
                ..packed()
            }),
            "bits are left"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_packed_comes_back(
            wide in prop::collection::vec(any::<u64>(), 0..400), shift in 0..64_u32,
        ) {
            let values: Vec<u64> = wide.iter().map(|it| it >> shift).collect();
            prop_assert_eq!(Packed::of(&values).unpack::<u64>(), Some(values.clone()));
            let signed: Vec<i64> = wide.iter().map(|it| *it as i64 >> shift).collect();
            prop_assert_eq!(Packed::of(&signed).unpack::<i64>(), Some(signed));
            let narrow: Vec<i32> = wide.iter().map(|it| *it as i32 >> (shift / 2)).collect();
            prop_assert_eq!(Packed::of(&narrow).unpack::<i32>(), Some(narrow));
            let bytes: Vec<u8> = values.iter().map(|it| *it as u8).collect();
            prop_assert_eq!(Packed::of(&bytes).unpack::<u8>(), Some(bytes));
        }
    }
}
