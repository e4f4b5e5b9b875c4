//! What is kept of a cell: its figure with its title above, and below it whose it is and of when.

use shared::plot::Rect;

use super::style::Style;
use super::{Align, Baseline, Colour, Draw, Figure, LayerPicture, Room, Scene};

/// What a figure is kept with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// The cell's title.
    pub title: String,
    /// The instrument, and the time of the data.
    pub origin: String,
}

/// A figure with everything around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Poster {
    /// Its size in CSS pixels.
    pub size_px: [f64; 2],
    /// What is behind it.
    pub background: Colour,
    /// How far down the scene begins.
    pub scene_top_px: f64,
    /// The figure itself.
    pub scene: Scene,
    /// The words around it, in pixels of the poster.
    pub words: Vec<Draw>,
}

impl Figure {
    /// The figure as it is now, to be kept. The figure on the screen is not touched.
    pub fn poster(&self, room: &Room, pictures: &[LayerPicture], caption: &Caption) -> Poster {
        let scene = self.clone().scene(room, pictures);
        Poster::around(scene, &Style::of(room), caption)
    }
}

impl Poster {
    /// A scene with the words of its caption above and below.
    pub(super) fn around(scene: Scene, style: &Style, caption: &Caption) -> Self {
        let [width, height] = scene.size_px;
        let line = (1.6 * style.line_px).round();
        let pad = style.line_px;
        let title = style.text(
            caption.title.clone(),
            [pad, line / 2.0 + 2.0],
            (Align::Left, Baseline::Middle),
            style.theme.text,
        );
        let origin = style.text(
            caption.origin.clone(),
            [pad, line + height + line / 2.0],
            (Align::Left, Baseline::Middle),
            style.theme.muted,
        );
        Self {
            size_px: [width, height + 2.0 * line],
            background: style.theme.background,
            scene_top_px: line,
            scene,
            words: vec![title, origin],
        }
    }

    /// All of it, as a rectangle.
    pub fn rect(&self) -> Rect {
        Rect {
            left: 0.0,
            top: 0.0,
            width: self.size_px[0],
            height: self.size_px[1],
        }
    }
}
