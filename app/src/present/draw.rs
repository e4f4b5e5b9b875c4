//! Drawing commands: what a canvas is told, in CSS pixels.

use shared::plot::{ColourMap, Dash, Rect};

/// A colour in sRGB with opacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 is invisible, 255 opaque.
    pub opacity: u8,
}

impl Colour {
    /// An opaque colour.
    pub const fn opaque(rgb: [u8; 3]) -> Self {
        Self {
            rgb,
            opacity: u8::MAX,
        }
    }

    /// The same colour, as opaque as a fraction says.
    pub fn faded(self, opacity: f64) -> Self {
        Self {
            opacity: (f64::from(self.opacity) * opacity).round() as u8,
            ..self
        }
    }

    /// As CSS writes it: `#rrggbbaa`.
    pub fn css(self) -> String {
        let [r, g, b] = self.rgb;
        format!("#{r:02x}{g:02x}{b:02x}{:02x}", self.opacity)
    }
}

/// Where a text lies beside its point, horizontally.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The point is its left end.
    Left,
    /// The point is its middle.
    Centre,
    /// The point is its right end.
    Right,
}

/// Where a text lies beside its point, vertically.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The point is above it.
    Top,
    /// The point is at half its height.
    Middle,
    /// The point is below it.
    Bottom,
}

/// Which way a text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// From left to right.
    None,
    /// From bottom to top.
    Up,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What it says.
    pub words: String,
    /// Where.
    pub at: [f64; 2],
    /// Beside which end.
    pub align: Align,
    /// Above or below.
    pub baseline: Baseline,
    /// Along or up.
    pub turn: Turn,
    /// The size of the font.
    pub size_px: f64,
    /// Its colour.
    pub colour: Colour,
}

/// One command. Later ones cover earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Draw {
    /// A filled rectangle.
    Fill {
        /// Where.
        rect: Rect,
        /// In which colour.
        colour: Colour,
    },
    /// The outline of a rectangle.
    Frame {
        /// Where; the line lies on its sides.
        rect: Rect,
        /// In which colour.
        colour: Colour,
    },
    /// Separate straight lines.
    Segments {
        /// Pairs of ends.
        ends: Vec<[[f64; 2]; 2]>,
        /// How wide.
        width_px: f64,
        /// In which colour.
        colour: Colour,
    },
    /// A line through points.
    Line {
        /// The points, at least two to be seen.
        points: Vec<[f64; 2]>,
        /// How wide.
        width_px: f64,
        /// How it is interrupted.
        dash: Dash,
        /// In which colour.
        colour: Colour,
    },
    /// A filled outline.
    Area {
        /// The corners.
        points: Vec<[f64; 2]>,
        /// In which colour.
        colour: Colour,
    },
    /// Filled discs.
    Dots {
        /// Their middles.
        points: Vec<[f64; 2]>,
        /// How large.
        radius_px: f64,
        /// In which colour.
        colour: Colour,
    },
    /// All colours of a map, the lowest at the bottom.
    Gradient {
        /// Where.
        rect: Rect,
        /// Which map.
        map: ColourMap,
    },
    /// Text.
    Text(Text),
    /// What follows shows only inside, until [`Draw::Unclip`].
    Clip(Rect),
    /// Ends the last [`Draw::Clip`].
    Unclip,
}
