//! Why there is no picture, or no plotter.

use std::sync::Arc;

use shared::data::Unit;
use shared::params::ParamError;

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
    /// A line that runs along neither axis has no length where the axes differ in their units.
    #[error(
        "{source_title} has {x_unit} on one axis and {y_unit} on the other: let the line run along one of them"
    )]
    Slanted {
        /// Whose data are cut.
        source_title: Arc<str>,
        /// Unit of the x axis.
        x_unit: String,
        /// Unit of the y axis.
        y_unit: String,
    },
    /// A line that passes no element.
    #[error("the line does not meet the image of {source_title}: move it there")]
    Outside {
        /// Whose image it is.
        source_title: Arc<str>,
    },
    /// A rate of something that is not counted.
    #[error("{source_title} is in {unit}, and only counts have a rate: switch \"per second\" off")]
    NoCounts {
        /// Whose data they are.
        source_title: Arc<str>,
        /// What they are in.
        unit: Unit,
    },
    /// A rate over no time.
    #[error(
        "the data of {source_title} cover no time, hence have no rate: switch \"per second\" off"
    )]
    NoTime {
        /// Whose data they are.
        source_title: Arc<str>,
    },
    /// Sources that cannot be added up.
    #[error(
        "{first} and {second} have other axes or units and cannot be added up: choose one of them"
    )]
    Shapes {
        /// The first source.
        first: Arc<str>,
        /// The other one.
        second: Arc<str>,
    },
    /// The parameters ask for something that the data have not.
    #[error("{0}")]
    Params(String),
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
