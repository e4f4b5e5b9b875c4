//! The plotters: one file each, all of one trait, found by name in one registry.

mod image;
mod lines;
mod slicer;
mod timeseries;

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::data::{Coord, DataArray, Unit, Values};
use shared::id::ResultKey;
use shared::job::OutputInfo;
use shared::params::{Described as _, ParamError, Schema};
use shared::plot::PlotterInfo;
use shared::plot::frame::{Extent, Frame, FrameBody, Quantity};
use shared::plot::params::{ImageParams, LinesParams, SlicerParams, TimeseriesParams};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{DataRole, JsonText, MAX_SOURCES};

use crate::results::Extractor;

/// The shared stage of one layer: inputs in, picture out; no session, no clock, no I/O.
pub trait Plotter: Send + Sync + std::fmt::Debug {
    /// What to take from the buffers for each input.
    fn extractor(&self) -> Extractor;

    /// Computes the picture; the same inputs give the same picture.
    fn compute(&self, inputs: &Inputs) -> Result<Frame, PlotError>;
}

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
    /// What limits them, such as a window that memory cut short.
    pub note: Option<Arc<str>>,
}

/// A picture cannot be computed from these inputs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlotError {
    /// The data have other dimensions than the plotter draws.
    #[error(
        "{plotter} draws {expected}, but {source_title} has {found}: choose another plotter for this output"
    )]
    Dimensions {
        /// The plotter's name.
        plotter: &'static str,
        /// What it draws.
        expected: &'static str,
        /// Whose data do not fit.
        source_title: Arc<str>,
        /// What they have.
        found: String,
    },
    /// Sources that cannot share an axis.
    #[error(
        "{first} is in {first_unit} and {second} in {second_unit}: put them in cells of their own"
    )]
    Units {
        /// The first source.
        first: Arc<str>,
        /// Its unit.
        first_unit: String,
        /// The second source.
        second: Arc<str>,
        /// Its unit.
        second_unit: String,
    },
    /// Nothing to draw.
    #[error("no data yet")]
    NoData,
    /// More sources than the plotter shows.
    #[error("{plotter} shows one source at a time, this layer has {found}: remove all but one")]
    TooManySources {
        /// The plotter's name.
        plotter: &'static str,
        /// How many sources there are.
        found: usize,
    },
}

/// No plotter of this kind can be made.
#[derive(Debug, thiserror::Error)]
pub enum PlotterError {
    /// No plotter has this name.
    #[error("there is no plotter {name:?}; there are {}", known.join(", "))]
    Unknown {
        /// The name asked for.
        name: String,
        /// Those that exist.
        known: Vec<&'static str>,
    },
    /// The parameters do not fit.
    #[error("the parameters of plotter {name:?} do not fit: {reason}")]
    Params {
        /// The plotter.
        name: &'static str,
        /// Which field, and why.
        reason: ParamError,
    },
}

/// One kind of plotter: what people are told of it, what it can draw, and how it is made.
struct Kind {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    max_sources: usize,
    schema: fn() -> Schema,
    draws: fn(&OutputInfo) -> bool,
    make: fn(&JsonText) -> Result<Arc<dyn Plotter>, ParamError>,
}

/// All plotters. Adding one is a file and an entry here.
const KINDS: [Kind; 4] = [
    Kind {
        name: image::NAME,
        title: "Image",
        description: "Values on two axes, in colour.",
        max_sources: 1,
        schema: ImageParams::schema,
        draws: |output| output.dims.len() == 2,
        make: image::make,
    },
    Kind {
        name: lines::NAME,
        title: "Lines",
        description: "Values on one axis, one curve per source.",
        max_sources: MAX_SOURCES,
        schema: LinesParams::schema,
        draws: lines::draws,
        make: lines::make,
    },
    Kind {
        name: timeseries::NAME,
        title: "Time series",
        description: "Single values over time, as far back as they are kept.",
        max_sources: MAX_SOURCES,
        schema: TimeseriesParams::schema,
        draws: timeseries::draws,
        make: timeseries::make,
    },
    Kind {
        name: slicer::NAME,
        title: "Slicer",
        description: "Values on three axes, slice by slice or with two axes flattened.",
        max_sources: 1,
        schema: SlicerParams::schema,
        draws: |output| output.dims.len() == 3,
        make: slicer::make,
    },
];

/// What people are told of all plotters.
pub fn infos() -> Vec<PlotterInfo> {
    KINDS.iter().map(Kind::info).collect()
}

/// What people are told of the plotter called `name`.
pub fn info(name: &str) -> Result<PlotterInfo, PlotterError> {
    kind(name).map(Kind::info)
}

impl Kind {
    fn info(&self) -> PlotterInfo {
        PlotterInfo {
            name: self.name.to_owned(),
            title: self.title.to_owned(),
            description: self.description.to_owned(),
            roles: vec![DataRole::Primary],
            max_sources: self.max_sources as u32,
            schema: (self.schema)(),
        }
    }
}

fn kind(name: &str) -> Result<&'static Kind, PlotterError> {
    let kind = KINDS.iter().find(|kind| kind.name == name);
    kind.ok_or_else(|| PlotterError::Unknown {
        name: name.to_owned(),
        known: KINDS.iter().map(|kind| kind.name).collect(),
    })
}

/// Makes the plotter called `name`.
pub fn make(name: &str, params: &JsonText) -> Result<Arc<dyn Plotter>, PlotterError> {
    let kind = kind(name)?;
    (kind.make)(params).map_err(|reason| PlotterError::Params {
        name: kind.name,
        reason,
    })
}

/// The plotters that can draw an output, told from its declaration before data exist.
pub fn compatible(output: &OutputInfo) -> impl Iterator<Item = &'static str> {
    KINDS
        .iter()
        .filter(|kind| (kind.draws)(output))
        .map(|kind| kind.name)
}

impl Inputs {
    /// The plotted data.
    fn primary(&self) -> &[Input] {
        self.by_role
            .get(&DataRole::Primary)
            .map_or(&[], Vec::as_slice)
    }

    /// The plotted data of a plotter that shows one source.
    fn only(&self, plotter: &'static str) -> Result<&Input, PlotError> {
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

    /// The data time that all inputs cover together. It ends where the first of them fell silent: nobody shall take
    /// the picture for newer than what it lacks.
    fn time(&self) -> Option<TimeInterval> {
        let all = self.all().map(|input| input.data.time);
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
struct Single<'a, const N: usize> {
    coords: &'a [Coord; N],
    quantity: Quantity,
    extent: Extent,
    values: Arc<Values>,
}

impl Inputs {
    fn single<const N: usize>(
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
        })
    }

    /// The picture of these inputs with every sample in it.
    fn frame(&self, body: FrameBody) -> Frame {
        Frame {
            body,
            time: self.time(),
            reduced: 1,
            note: self.note(),
        }
    }
}

/// What the values of an array are.
fn quantity(data: &DataArray) -> Quantity {
    Quantity {
        label: Arc::clone(&data.label),
        unit: data.unit.clone(),
    }
}

/// The first of several sources, when all share one unit on the axis that `unit_of` tells.
fn first_of_common_unit<'a>(
    inputs: &'a [Input],
    unit_of: impl Fn(&'a Input) -> &'a Unit,
) -> Result<&'a Input, PlotError> {
    let first = inputs.first().ok_or(PlotError::NoData)?;
    let odd = inputs.iter().find(|other| unit_of(other) != unit_of(first));
    odd.map_or(Ok(first), |odd| {
        Err(PlotError::Units {
            first: Arc::clone(&first.title),
            first_unit: named_unit(unit_of(first)),
            second: Arc::clone(&odd.title),
            second_unit: named_unit(unit_of(odd)),
        })
    })
}

fn named_unit(unit: &Unit) -> String {
    match unit.symbol() {
        "" => "no unit".to_owned(),
        symbol => symbol.to_owned(),
    }
}

/// The coordinates of data that must have `N` dimensions.
fn coords<'a, const N: usize>(
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
