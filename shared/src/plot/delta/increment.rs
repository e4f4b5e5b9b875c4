//! Integers added to those of an image or a volume.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::DeltaMismatch;
use crate::data::{Integer, Values};

/// What is added to which element, wrapping in the element type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Increment {
    /// To a few.
    Sparse {
        /// Distance from the previous changed element, the first from -1: small numbers encode short.
        gaps: Vec<u32>,
        added: Vec<i64>,
    },
    /// To each: what counters that only grow gained takes fewer bits than what they reached.
    Dense(Values),
}

/// Up to here a difference is sparse whatever the length.
const FEW_CHANGED: usize = 1024;

/// `$body` for the elements of an array of integers.
macro_rules! for_integers {
    ($values:expr, $v:ident => $body:expr, else $other:expr) => {
        match $values {
            Values::U8($v) => $body,
            Values::U16($v) => $body,
            Values::U32($v) => $body,
            Values::U64($v) => $body,
            Values::I32($v) => $body,
            Values::I64($v) => $body,
            Values::F32(_) | Values::F64(_) => $other,
        }
    };
}

impl Increment {
    /// What was added; none where the whole frame is hardly longer.
    pub(super) fn between(old: &Values, new: &Values) -> Option<Self> {
        for_integers!(new, new => Self::of(Integer::elements(old)?, new), else None)
    }

    fn of<T: Integer>(old: &[T], new: &[T]) -> Option<Self> {
        if old.len() != new.len() {
            return None;
        }
        let pairs = || old.iter().zip(new);
        let changes_at_most = |limit: usize| {
            let changed = pairs().filter(|(a, b)| a != b);
            changed.take(limit + 1).count() <= limit
        };
        let sparse = || {
            let (mut gaps, mut added) = (Vec::new(), Vec::new());
            let mut next = 0;
            for (index, (a, b)) in pairs().enumerate() {
                if a != b {
                    gaps.push((index + 1 - next) as u32);
                    added.push(difference(*a, *b) as i64);
                    next = index + 1;
                }
            }
            Self::Sparse { gaps, added }
        };
        // Among few a changed element takes two bytes or more, among many a few bits, and so does every other.
        if changes_at_most(FEW_CHANGED.max(old.len() / 8)) {
            return Some(sparse());
        }
        if pairs().all(|(a, b)| a <= b) {
            let added = pairs().map(|(a, b)| T::narrow(difference(*a, *b)));
            return Some(Self::Dense(T::array(added.collect())));
        }
        // Beyond that it would take several times the memory of the frame while it is made.
        changes_at_most(old.len() / 2).then(sparse)
    }

    /// Adds to `values`, or leaves them untouched where it was made from others.
    pub(super) fn apply(&self, values: &mut Arc<Values>) -> Result<(), DeltaMismatch> {
        if !self.fits(values) {
            return Err(DeltaMismatch);
        }
        for_integers!(Arc::make_mut(values), v => self.add_to(v), else ());
        Ok(())
    }

    fn fits(&self, values: &Values) -> bool {
        match self {
            Self::Sparse { gaps, added } => {
                gaps.len() == added.len()
                    && values.is_integer()
                    && gaps.iter().all(|gap| *gap > 0)
                    && gaps.iter().map(|gap| u64::from(*gap)).sum::<u64>() <= values.len() as u64
            }
            Self::Dense(added) => {
                values.is_integer()
                    && added.dtype() == values.dtype()
                    && added.len() == values.len()
            }
        }
    }

    fn add_to<T: Integer>(&self, values: &mut [T]) {
        let add = |value: &mut T, added: u64| *value = T::narrow(value.widen().wrapping_add(added));
        match self {
            Self::Sparse { gaps, added } => {
                let mut next = 0;
                for (gap, added) in gaps.iter().zip(added) {
                    next += *gap as usize;
                    add(&mut values[next - 1], *added as u64);
                }
            }
            Self::Dense(added) => {
                let added = T::elements(added).unwrap_or_default();
                for (value, added) in values.iter_mut().zip(added) {
                    add(value, added.widen());
                }
            }
        }
    }
}

fn difference<T: Integer>(old: T, new: T) -> u64 {
    new.widen().wrapping_sub(old.widen())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The difference, as it arrives in a browser and is applied there.
    fn turned(old: &Values, new: &Values) -> Option<(Increment, Values)> {
        let increment = Increment::between(old, new)?;
        let bytes = postcard::to_stdvec(&increment).unwrap();
        let increment: Increment = postcard::from_bytes(&bytes).unwrap();
        let mut values = Arc::new(old.clone());
        increment.apply(&mut values).unwrap();
        Some((increment, Arc::unwrap_or_clone(values)))
    }

    #[test]
    fn what_grows_everywhere_takes_the_bits_of_what_it_gained() {
        let old = Values::U32((0..16_384).map(|i| 10_000 + (i * 7919) % 500).collect());
        let new = Values::U32(
            (0..16_384)
                .map(|i| 10_000 + (i * 7919) % 500 + i % 8)
                .collect(),
        );
        let (increment, turned) = turned(&old, &new).expect("it grows");
        assert!(matches!(increment, Increment::Dense(_)));
        assert_eq!(turned, new);
        let len = |bytes: postcard::Result<Vec<u8>>| bytes.unwrap().len();
        let (gained, whole) = (postcard::to_stdvec(&increment), postcard::to_stdvec(&new));
        // Three bits instead of nine.
        let (gained, whole) = (len(gained), len(whole));
        assert!(gained < 6_600 && whole > 18_000, "{gained} of {whole}");
    }

    #[test]
    fn what_changes_everywhere_and_does_not_grow_is_told_whole() {
        let old = Values::I32((0..5_000).collect());
        let new = Values::I32((0..5_000).rev().collect());
        assert_eq!(Increment::between(&old, &new), None);
        assert_eq!(Increment::between(&old, &Values::I32(vec![0])), None);
        assert_eq!(Increment::between(&old, &Values::U32(vec![0; 5_000])), None);
        let floats = Values::F64(vec![0.0; 5]);
        assert_eq!(Increment::between(&floats, &floats), None);
    }

    #[test]
    fn what_does_not_fit_changes_nothing() {
        let values = || Arc::new(Values::U16(vec![1, 2, 3]));
        let refuses = |increment: Increment, mut values: Arc<Values>| {
            let before = values.clone();
            increment.apply(&mut values) == Err(DeltaMismatch) && values == before
        };
        let sparse = |gaps: &[u32], added: &[i64]| Increment::Sparse {
            gaps: gaps.to_vec(),
            added: added.to_vec(),
        };
        assert!(!refuses(sparse(&[1, 2], &[1, 1]), values()));
        assert!(refuses(sparse(&[1, 3], &[1, 1]), values()), "past the end");
        assert!(
            refuses(sparse(&[1, 0], &[1, 1]), values()),
            "twice the same"
        );
        assert!(refuses(sparse(&[1], &[]), values()));
        let floats = Arc::new(Values::F32(vec![1.0; 3]));
        assert!(refuses(sparse(&[1], &[1]), floats.clone()));
        let dense = |values| Increment::Dense(values);
        assert!(!refuses(dense(Values::U16(vec![0, 1, 2])), values()));
        assert!(refuses(dense(Values::U16(vec![0, 1])), values()));
        assert!(refuses(dense(Values::U32(vec![0, 1, 2])), values()));
        assert!(refuses(dense(Values::F32(vec![0.0; 3])), floats));
    }

    proptest! {
        #[test]
        fn every_difference_leads_to_the_new_values(
            old in prop::collection::vec(any::<i64>(), 3_000),
            new in prop::collection::vec((any::<i64>(), 0..4_u8), 3_000),
            mostly in 0..4_u8, grows: bool,
        ) {
            let new: Vec<i64> = old.iter().zip(&new).map(|(old, (new, dice))| match grows {
                _ if *dice < mostly => *old,
                true => old.saturating_add(new.saturating_abs()),
                false => *new,
            }).collect();
            let narrow = |it: &[i64]| Values::U8(it.iter().map(|it| *it as u8).collect());
            for (old, new) in [
                (narrow(&old), narrow(&new)),
                (Values::I64(old), Values::I64(new)),
            ] {
                if let Some((_, turned)) = turned(&old, &new) {
                    prop_assert_eq!(turned, new);
                }
            }
        }
    }
}
