//! What a hand does to a figure.

use shared::plot::Rect;

use super::{Figure, Scene, SeriesKey};

/// Wheels turn in steps of about 100 pixels; one zooms by a seventh.
const ZOOM_PER_WHEEL_PX: f64 = 0.0014;

/// The part of a figure that a gesture began in, which decides what it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// The frame: both axes.
    Plot,
    /// Below the frame: the horizontal axis alone.
    XAxis,
    /// Left of the frame: the vertical axis alone.
    YAxis,
    /// The colour bar and its labels: the colours.
    ColourBar,
    /// Anything else: nothing.
    Outside,
}

/// A gesture in CSS pixels of the figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// Shows `factor` times as much about a point: a wheel, two fingers, or keys.
    Zoom {
        /// What it is about.
        at: [f64; 2],
        /// Below 1 zooms in.
        factor: f64,
    },
    /// Moves what is under one point to another: a drag, or keys.
    Pan {
        /// Where it began, which decides the region.
        start: [f64; 2],
        /// Where the hand was.
        from: [f64; 2],
        /// Where it is now.
        to: [f64; 2],
    },
    /// Shows the box between two corners.
    Box {
        /// One corner.
        from: [f64; 2],
        /// The opposite one.
        to: [f64; 2],
    },
    /// Shows all data and follows them from now on.
    Fit,
}

impl Gesture {
    /// A turn of the wheel by so many pixels, positive towards the user.
    pub fn wheel(at: [f64; 2], delta_px: f64) -> Self {
        Self::Zoom {
            at,
            factor: (delta_px * ZOOM_PER_WHEEL_PX).clamp(-1.0, 1.0).exp(),
        }
    }
}

impl Scene {
    /// The part of the figure that a point lies in.
    pub fn region(&self, at: [f64; 2]) -> Region {
        let frame = self.layout.frame;
        let beside = |part: Rect| (part.top..=part.bottom()).contains(&at[1]);
        match self.layout.colour_bar {
            _ if !self.has_axes => Region::Outside,
            _ if frame.contains(at) => Region::Plot,
            Some(bar) if at[0] >= bar.left - 4.0 && beside(bar) => Region::ColourBar,
            _ if at[0] < frame.left && beside(frame) => Region::YAxis,
            _ if at[1] > frame.bottom() && at[0] >= frame.left && at[0] <= frame.right() => {
                Region::XAxis
            }
            _ => Region::Outside,
        }
    }

    /// The curve whose line of the legend a point lies on.
    pub fn legend_at(&self, at: [f64; 2]) -> Option<&SeriesKey> {
        self.legend
            .iter()
            .find(|entry| entry.rect.contains(at))
            .map(|entry| &entry.key)
    }
}

impl Figure {
    /// Changes the presentation as a gesture on a painted scene says. The next scene shows it.
    pub fn apply(&mut self, scene: &Scene, gesture: Gesture) {
        let frame = scene.layout.frame;
        let unit = |at| frame.unit_from_px(at);
        let along_bar = |at| scene.layout.colour_bar.unwrap_or(frame).unit_from_px(at)[1];
        let view = &mut self.presentation.view;
        match gesture {
            Gesture::Zoom { at, factor } => match scene.region(at) {
                Region::Plot => view.zoom(unit(at), factor),
                Region::XAxis => view.x.zoom(unit(at)[0], factor),
                Region::YAxis => view.y.zoom(unit(at)[1], factor),
                Region::ColourBar => view.colour.zoom(along_bar(at), factor),
                Region::Outside => {}
            },
            Gesture::Pan { start, from, to } => {
                let by = [unit(from)[0] - unit(to)[0], unit(from)[1] - unit(to)[1]];
                match scene.region(start) {
                    Region::Plot => view.pan(by),
                    Region::XAxis => view.x.pan(by[0]),
                    Region::YAxis => view.y.pan(by[1]),
                    Region::ColourBar => view.colour.pan(along_bar(from) - along_bar(to)),
                    Region::Outside => {}
                }
            }
            Gesture::Box { from, to } => {
                if scene.region(from) == Region::Plot {
                    view.zoom_between(unit(from), unit(to));
                }
            }
            Gesture::Fit => self.fit(),
        }
    }
}
