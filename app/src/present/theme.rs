//! The colours of a figure on light and dark panels.

use shared::plot::{Panel, series_colour};

use super::Colour;

/// The colours of everything but the data of images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// What it is drawn on.
    pub panel: Panel,
    /// Behind read-outs and legends.
    pub background: Colour,
    /// Labels and titles.
    pub text: Colour,
    /// What matters less.
    pub muted: Colour,
    /// Axes and ticks.
    pub axis: Colour,
    /// Grid lines.
    pub grid: Colour,
}

impl Theme {
    /// The theme of a panel.
    pub const fn of(panel: Panel) -> Self {
        match panel {
            Panel::Light => Self {
                panel,
                background: Colour::opaque([0xff, 0xff, 0xff]),
                text: Colour::opaque([0x1b, 0x23, 0x2c]),
                muted: Colour::opaque([0x56, 0x63, 0x70]),
                axis: Colour::opaque([0x7b, 0x88, 0x94]),
                grid: Colour::opaque([0xe4, 0xe8, 0xec]),
            },
            Panel::Dark => Self {
                panel,
                background: Colour::opaque([0x17, 0x1c, 0x23]),
                text: Colour::opaque([0xe6, 0xeb, 0xf0]),
                muted: Colour::opaque([0x9d, 0xa9, 0xb5]),
                axis: Colour::opaque([0x6b, 0x78, 0x85]),
                grid: Colour::opaque([0x2a, 0x32, 0x3b]),
            },
        }
    }

    /// The colour of the series at a position of the legend.
    pub const fn series(&self, position: usize) -> Colour {
        Colour::opaque(series_colour(position, self.panel))
    }
}
