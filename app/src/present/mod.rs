//! From frames to drawing commands: what a session sees of a cell, decided without touching a canvas.
//!
//! A [`Figure`] holds what the session chose ([`Presentation`]) and turns the pictures of a cell's layers into a
//! [`Scene`]: a plain list of commands in CSS pixels, the images apart. `browser::canvas2d` paints it. Gestures go
//! to the figure, which changes its presentation; the next scene shows it. Nothing here reads a clock, measures
//! text or knows a browser.

mod axis;
mod axis_drawing;
mod axis_meta;
mod bars;
mod colour_bar;
mod content;
mod curve;
mod draw;
mod figure;
mod gesture;
mod hand;
mod image;
mod legend;
mod peak;
mod percentile_limits;
mod picture;
mod poster;
mod presentation;
mod readout;
mod scene;
mod shapes;
mod style;
mod surface;
mod svg;
mod table;
mod table_poster;
mod targets;
mod texels;
mod theme;

pub use axis_meta::{AxisMeta, Meanings};
pub use bars::scalar_texts;
pub use content::series_of;
pub use draw::{Align, Baseline, Colour, Draw, Text, Turn};
pub use figure::{Figure, Room};
pub use gesture::{Gesture, Region};
pub use hand::Hand;
pub use legend::LegendEntry;
pub use picture::LayerPicture;
pub use poster::{Caption, Poster};
pub use presentation::{Presentation, SeriesKey};
pub use readout::{Reading, Readout};
pub use scene::{ImageQuad, Scene};
pub use svg::svg;
pub use table::{Table, halves};
pub use texels::{NO_VALUE, pixels, texels};
pub use theme::Theme;
