//! Several sources of one shape, added up.

use std::borrow::Cow;
use std::sync::Arc;

use shared::data::{DataArray, Values};
use shared::time::TimeInterval;
use shared::topology::DataRole;

use super::{Input, Inputs, PlotError};

impl Inputs {
    /// These inputs with all sources of what is plotted added up to one, which is noted. They must have the same unit
    /// and the same axes.
    pub(super) fn added_up(&self) -> Result<Cow<'_, Self>, PlotError> {
        let [first, others @ ..] = self.primary() else {
            return Ok(Cow::Borrowed(self));
        };
        if others.is_empty() {
            return Ok(Cow::Borrowed(self));
        }
        let odd = others
            .iter()
            .find(|it| it.data.coords != first.data.coords || it.data.unit != first.data.unit);
        if let Some(odd) = odd {
            return Err(PlotError::Shapes {
                first: Arc::clone(&first.title),
                second: Arc::clone(&odd.title),
            });
        }
        let titles: Vec<&str> = self.primary().iter().map(|it| &*it.title).collect();
        let note = format!("the sum of {}", titles.join(", "));
        let sum = Input {
            data: sum(self.primary()).ok_or(PlotError::NoData)?,
            ..first.clone()
        };
        let mut summed = self.noting(vec![note]);
        summed.by_role.insert(DataRole::Primary, vec![sum]);
        Ok(Cow::Owned(summed))
    }
}

fn sum(inputs: &[Input]) -> Option<DataArray> {
    let arrays = || inputs.iter().map(|it| &it.data);
    let first = arrays().next()?;
    let variances: Option<Vec<&Values>> = arrays().map(|it| it.variances.as_deref()).collect();
    let times = arrays().map(|it| it.time).reduce(TimeInterval::union);
    Some(DataArray {
        values: Arc::new(added(arrays().map(|it| &*it.values))),
        variances: variances.map(|it| Arc::new(added(it.into_iter()))),
        time: times?,
        ..first.clone()
    })
}

/// Sums of integers stay integers.
fn added<'a>(all: impl Iterator<Item = &'a Values>) -> Values {
    let mut sums: Vec<f64> = Vec::new();
    let mut are_counts = true;
    for values in all {
        are_counts &= values.is_integer();
        sums.resize(values.len(), 0.0);
        let values = values.to_f64();
        sums.iter_mut()
            .zip(values)
            .for_each(|(sum, value)| *sum += value);
    }
    if are_counts && sums.iter().all(|it| *it >= 0.0) {
        let sums: Vec<u64> = sums.into_iter().map(|it| it as u64).collect();
        return Values::from_counts(&sums, u64::MAX);
    }
    Values::F64(sums)
}

#[cfg(test)]
mod tests {
    use shared::data::Coord;

    use super::*;
    use crate::plot::plotters::samples::{input, inputs};

    #[test]
    fn sources_of_one_shape_are_added_and_others_refused() {
        let volume = |name, len, value| {
            let coords = vec![
                Coord::index("z", 1),
                Coord::index("y", 1),
                Coord::index("x", len),
            ];
            input(name, coords, Values::U32(vec![value; len]))
        };
        let both = inputs(vec![volume("a", 2, 3), volume("b", 2, 4)]);
        let summed = both.added_up().expect("they are alike");
        assert_eq!(*summed.primary()[0].data.values, Values::U32(vec![7, 7]));
        assert_eq!(summed.absent, ["the sum of a, b"]);
        let unlike = inputs(vec![volume("a", 2, 3), volume("c", 3, 4)]);
        let error = unlike.added_up().expect_err("c is longer").to_string();
        assert!(error.starts_with("a and c have other axes"), "{error}");
    }
}
