//! What a picture is computed from, and what all plotters do with it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use shared::data::{Coord, CoordValues, DataArray, Unit, Values};
use shared::id::ResultKey;
use shared::plot::Errors;
use shared::plot::frame::{Extent, Frame, FrameBody, Quantity};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::DataRole;

use super::PlotError;

/// The data of a layer.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// By role, each with what its source is called, in the order of the layer's sources.
    pub by_role: BTreeMap<DataRole, Vec<Input>>,
    /// What is said of sources that have no data, or no new ones, while others have.
    pub absent: Vec<String>,
    /// Where the data of the source end that fell silent first; none while all speak.
    pub silent_since: Option<TimeNs>,
}

/// The data of one source.
#[derive(Clone, Debug)]
pub struct Input {
    /// What people call the source.
    pub title: Arc<str>,
    /// Where the data come from.
    pub key: ResultKey,
    /// Its data.
    pub data: DataArray,
    /// How much data time stands behind each sample of a history, or behind a window or each row of one, s; NaN where nobody
    /// knows. None where samples are instants, and where it is the time of the data.
    pub covered_secs: Option<Arc<[f64]>>,
    /// What limits them, such as a window that memory cut short.
    pub note: Option<Arc<str>>,
}

impl Inputs {
    /// The plotted data.
    pub(super) fn primary(&self) -> &[Input] {
        self.by_role
            .get(&DataRole::Primary)
            .map_or(&[], Vec::as_slice)
    }

    /// The one source of an axis.
    pub(super) fn of_role(&self, role: DataRole) -> Result<&Input, PlotError> {
        let inputs = self.by_role.get(&role);
        inputs.and_then(|it| it.first()).ok_or(PlotError::NoData)
    }

    /// The same, with more to say.
    pub(super) fn noting(&self, notes: Vec<String>) -> Self {
        let mut inputs = self.clone();
        inputs.absent.extend(notes);
        inputs
    }

    /// The plotted data of a plotter that shows one source.
    pub(super) fn only(&self, plotter: &'static str) -> Result<&Input, PlotError> {
        match self.primary() {
            [] => Err(PlotError::NoData),
            [input] => Ok(input),
            more => Err(PlotError::TooManySources {
                plotter,
                found: more.len(),
            }),
        }
    }

    /// All data, whatever their role.
    pub fn all(&self) -> impl Iterator<Item = &Input> {
        self.by_role.values().flatten()
    }

    /// The data time that what is plotted covers together; what an axis said last holds until it says more. It ends
    /// where the first source fell silent: nobody shall take the picture for newer than what it lacks.
    fn time(&self) -> Option<TimeInterval> {
        let all = self.primary().iter().map(|input| input.data.time);
        let TimeInterval { start, end } = all.reduce(TimeInterval::union)?;
        let silent_since = self.silent_since.map(|silent| silent.max(start));
        Some(TimeInterval {
            start,
            end: silent_since.map_or(end, |silent| silent.min(end)),
        })
    }

    /// Everything that limits the data, in words.
    fn note(&self) -> Option<Arc<str>> {
        let mut notes: Vec<&str> = Vec::new();
        let own = self.all().filter_map(|input| input.note.as_deref());
        for note in own.chain(self.absent.iter().map(String::as_str)) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        (!notes.is_empty()).then(|| notes.join("; ").into())
    }
}

/// The only source of a plotter that shows one, with `N` dimensions: its axes, and what its values are.
pub(super) struct Single<'a, const N: usize> {
    pub(super) coords: &'a [Coord; N],
    pub(super) quantity: Quantity,
    pub(super) extent: Extent,
    pub(super) values: Arc<Values>,
    pub(super) errors: Errors,
}

impl Inputs {
    pub(super) fn single<const N: usize>(
        &self,
        plotter: &'static str,
        expected: &'static str,
    ) -> Result<Single<'_, N>, PlotError> {
        let input = self.only(plotter)?;
        Ok(Single {
            coords: coords(input, plotter, expected)?,
            quantity: quantity(&input.data),
            extent: Extent::of_values(&input.data.values),
            values: Arc::clone(&input.data.values),
            errors: Errors::of(&input.data),
        })
    }

    /// The picture of these inputs with every sample in it.
    pub(super) fn frame(&self, body: FrameBody) -> Frame {
        Frame {
            body,
            time: self.time(),
            reduced: 1,
            note: self.note(),
        }
    }
}

/// What the values of an array are.
pub(super) fn quantity(data: &DataArray) -> Quantity {
    Quantity {
        label: Arc::clone(&data.label),
        unit: data.unit.clone(),
    }
}

/// The standard deviations of an array's values, where it tells variances.
pub(super) fn deviations(data: &DataArray) -> Option<Values> {
    data.variances.as_deref().map(roots)
}

/// Standard deviations of variances.
pub(super) fn roots(variances: &Values) -> Values {
    let variances = variances.to_f64();
    Values::F64(variances.into_iter().map(f64::sqrt).collect())
}

/// Several sources in the units of the first one, values and places alike.
pub(super) fn in_common_units(inputs: &[Input]) -> Result<Cow<'_, [Input]>, PlotError> {
    let first = inputs.first().ok_or(PlotError::NoData)?;
    let agree = |it: &Input| {
        let coords = it.data.coords.iter().zip(&first.data.coords);
        it.data.unit == first.data.unit && coords.clone().all(|(a, b)| a.unit == b.unit)
    };
    if inputs.iter().all(agree) {
        return Ok(Cow::Borrowed(inputs));
    }
    let converted = inputs.iter().map(|input| in_units_of(input, first));
    Ok(Cow::Owned(converted.collect::<Result<_, _>>()?))
}

fn in_units_of(input: &Input, first: &Input) -> Result<Input, PlotError> {
    let clash = |first_unit: &Unit, unit: &Unit| PlotError::Units {
        first: Arc::clone(&first.title),
        first_unit: first_unit.named().to_owned(),
        second: Arc::clone(&input.title),
        second_unit: unit.named().to_owned(),
    };
    let unit = &first.data.unit;
    let mut data = input
        .data
        .in_unit(unit)
        .ok_or_else(|| clash(unit, &input.data.unit))?;
    for (coord, wanted) in data.coords.iter_mut().zip(&first.data.coords) {
        *coord = coord
            .in_unit(&wanted.unit)
            .ok_or_else(|| clash(&wanted.unit, &coord.unit))?;
    }
    Ok(Input {
        data,
        ..input.clone()
    })
}

/// When the values of a history were taken.
pub(super) fn times<'a>(
    input: &'a Input,
    plotter: &'static str,
) -> Result<&'a Arc<[i64]>, PlotError> {
    let expected = "values over time";
    let [time] = coords(input, plotter, expected)?;
    let CoordValues::Times(times) = &time.values else {
        return Err(PlotError::Dimensions {
            plotter,
            expected,
            source_title: Arc::clone(&input.title),
            found: format!("values over {}", time.label),
        });
    };
    Ok(times)
}

/// The coordinates of data that must have `N` dimensions.
pub(super) fn coords<'a, const N: usize>(
    input: &'a Input,
    plotter: &'static str,
    expected: &'static str,
) -> Result<&'a [Coord; N], PlotError> {
    let coords = input.data.coords.as_slice();
    coords.as_array().ok_or_else(|| PlotError::Dimensions {
        plotter,
        expected,
        source_title: Arc::clone(&input.title),
        found: match coords.len() {
            0 => "a single value".to_owned(),
            n => format!("{n} dimensions"),
        },
    })
}
