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
    // What all of them leave to be known from the values is known from their sum, too.
    let are_told = arrays().any(|it| it.variances.is_some());
    let variances = || {
        arrays()
            .map(DataArray::known_variances)
            .collect::<Option<Vec<&Values>>>()
    };
    let variances = are_told.then(variances).flatten();
    let variances = variances.and_then(|all| Values::sum(all.into_iter()));
    let times = arrays().map(|it| it.time).reduce(TimeInterval::union);
    Some(DataArray {
        values: Arc::new(Values::sum(arrays().map(|it| &*it.values))?),
        variances: variances.map(Arc::new),
        time: times?,
        ..first.clone()
    })
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
        let told = |title, told: Option<Vec<f64>>| {
            let mut input = input(title, vec![Coord::index("x", 1)], Values::F64(vec![4.0]));
            input.data.variances = told.map(|it| Arc::new(Values::F64(it)));
            input
        };
        let summed = inputs(vec![told("a", Some(vec![1.5])), told("b", None)]);
        let summed = summed.added_up().expect("they are alike");
        let variances = summed.primary()[0].data.variances.as_deref();
        assert_eq!(
            variances,
            Some(&Values::F64(vec![5.5])),
            "1.5 as told, 4 of 4 counts"
        );
        let negative = |values| input("a", vec![Coord::index("x", 1)], Values::I32(values));
        let signed = inputs(vec![negative(vec![-3]), negative(vec![1])]);
        let summed = signed.added_up().expect("they are alike");
        assert_eq!(*summed.primary()[0].data.values, Values::I64(vec![-2]));
        let unlike = inputs(vec![volume("a", 2, 3), volume("c", 3, 4)]);
        let error = unlike.added_up().expect_err("c is longer").to_string();
        assert!(error.starts_with("a and c have other axes"), "{error}");
    }
}
