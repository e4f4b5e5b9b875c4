//! The three things of a figure that have a range and a scale.

use shared::plot::{AxisView, View};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    /// Horizontal.
    X,
    /// Vertical.
    Y,
    /// In colours.
    Colour,
}

impl Axis {
    /// How a view shows it.
    pub(crate) fn of(self, view: &View) -> &AxisView {
        match self {
            Self::X => &view.x,
            Self::Y => &view.y,
            Self::Colour => &view.colour,
        }
    }

    /// How a view shows it, to change that.
    pub(crate) fn of_mut(self, view: &mut View) -> &mut AxisView {
        match self {
            Self::X => &mut view.x,
            Self::Y => &mut view.y,
            Self::Colour => &mut view.colour,
        }
    }

    /// The stable name, for tests.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::Y => "y",
            Self::Colour => "colour",
        }
    }

    /// What people call it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::X => "X axis",
            Self::Y => "Y axis",
            Self::Colour => "Colour",
        }
    }
}
