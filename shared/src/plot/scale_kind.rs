//! Scales by name: what people choose, before the data give their numbers.

use super::{Scale, Target, Threshold};

/// A scale without its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScaleKind {
    /// Even.
    Linear,
    /// Logarithmic.
    Log,
    /// Linear around zero, logarithmic beyond.
    Symlog,
    /// By the square root.
    Sqrt,
}

impl ScaleKind {
    /// All of them, as a menu lists them.
    pub const ALL: [Self; 4] = [Self::Linear, Self::Log, Self::Symlog, Self::Sqrt];

    /// The kind of a scale.
    pub const fn of(scale: Scale) -> Self {
        match scale {
            Scale::Linear => Self::Linear,
            Scale::Log => Self::Log,
            Scale::Symlog(_) => Self::Symlog,
            Scale::Sqrt => Self::Sqrt,
        }
    }

    /// The scale of this kind that suits what an axis has to show.
    pub fn for_target(self, target: Option<Target>) -> Scale {
        match self {
            Self::Linear => Scale::Linear,
            Self::Log => Scale::Log,
            Self::Symlog => Scale::Symlog(target.map_or(Threshold::ONE, Target::threshold)),
            Self::Sqrt => Scale::Sqrt,
        }
    }

    /// What people call it, parameters and tests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Log => "log",
            Self::Symlog => "symlog",
            Self::Sqrt => "sqrt",
        }
    }
}
