//! The three things of a figure that have a range and a scale.

use shared::plot::{AxisView, Target, Targets, View};

use crate::present::{AxisMeta, Meanings};

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

    /// What it has to show.
    pub(crate) fn target(self, targets: &Targets) -> Option<Target> {
        match self {
            Self::X => targets.x,
            Self::Y => targets.y,
            Self::Colour => targets.colour,
        }
    }

    /// What it means.
    pub(crate) fn meaning(self, meanings: &Meanings) -> &AxisMeta {
        match self {
            Self::X => &meanings.x,
            Self::Y => &meanings.y,
            Self::Colour => &meanings.colour,
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
