//! What a session shows of a figure: a range per axis, and which of them follow the data.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{Range, Scale, Target, between, pan, zoom_about};

/// One axis of a figure, or its colour bar, as a session shows it.
///
/// It follows the data until the user moves it, and again when the user asks for it.
///
/// ```
/// use shared::plot::{AxisView, Range, Scale, Target};
/// let data = |hi| Some(Target::of_range(Range::new(0.0, hi).unwrap(), Scale::Linear, 0.0));
/// let mut axis = AxisView::default();
/// axis.follow(data(10.0));
/// assert_eq!(axis.range().hi(), 10.0);
/// axis.zoom(0.0, 0.5);
/// axis.follow(data(100.0));
/// assert_eq!(axis.range().hi(), 5.0);
/// axis.fit(data(100.0));
/// axis.follow(data(200.0));
/// assert_eq!(axis.range().hi(), 200.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AxisView {
    scale: Scale,
    follows: bool,
    range: Option<Range>,
    labels: Option<u8>,
}

impl Default for AxisView {
    fn default() -> Self {
        Self::new(Scale::Linear)
    }
}

impl AxisView {
    /// An axis that follows its data.
    pub const fn new(scale: Scale) -> Self {
        Self {
            scale,
            follows: true,
            range: None,
            labels: None,
        }
    }

    /// The fewest and most labels that can be asked for.
    pub const LABELS: RangeInclusive<u8> = 2..=20;

    /// How many labels it carries at most; none leaves it to the room.
    pub fn labels(&self) -> Option<u8> {
        self.labels.filter(|n| Self::LABELS.contains(n))
    }

    /// Asks for so many labels at most, or leaves it to the room.
    pub fn set_labels(&mut self, at_most: Option<u8>) {
        self.labels = at_most;
    }

    /// The scale.
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// Whether it follows the data.
    pub const fn follows(&self) -> bool {
        self.follows
    }

    /// What is shown: 0 to 1 (1 to 10 on a log scale) as long as there are no data.
    pub fn range(&self) -> Range {
        let range = self.range.unwrap_or(match self.scale {
            Scale::Log => Range::TEN,
            Scale::Linear | Scale::Symlog(_) | Scale::Sqrt => Range::UNIT,
        });
        range.admitted(self.scale).widened(self.scale)
    }

    /// New data have come. The range changes only if the axis follows them, or has never had one.
    pub fn follow(&mut self, target: Option<Target>) {
        if let Some(target) = target.filter(|_| self.follows || self.range.is_none()) {
            self.range = Some(target.follow(self.range, self.scale));
        }
    }

    /// Shows exactly the data and follows them from now on.
    pub fn fit(&mut self, target: Option<Target>) {
        self.follows = true;
        if let Some(target) = target {
            self.range = Some(target.padded());
        }
    }

    /// Follows the data from now on.
    pub fn resume(&mut self) {
        self.follows = true;
    }

    /// Follows the data from now on, wherever it was: the next ones choose the range anew.
    pub fn restart(&mut self) {
        self.follows = true;
        self.range = None;
    }

    /// Keeps what is shown, whatever the data do.
    pub fn hold(&mut self) {
        self.follows = false;
    }

    /// Shows a range chosen by the user, and holds it.
    pub fn show(&mut self, range: Range) {
        self.range = Some(range.admitted(self.scale).widened(self.scale));
        self.follows = false;
    }

    /// Changes the scale. A range that the new scale cannot show is chosen anew with the next data.
    pub fn set_scale(&mut self, scale: Scale) {
        self.scale = scale;
        let is_shown = |range: &Range| range.admitted(scale) == *range;
        if self.follows || !self.range.as_ref().is_some_and(is_shown) {
            self.range = None;
        }
    }

    /// Moves by a fraction of what is visible, and holds.
    pub fn pan(&mut self, by: f64) {
        self.moved(pan(self.range(), self.scale, by));
    }

    /// Shows `factor` times as much about a position (0 at the lower end, 1 at the upper), and holds.
    pub fn zoom(&mut self, at: f64, factor: f64) {
        self.moved(zoom_about(self.range(), self.scale, at, factor));
    }

    /// Shows what lies between two positions, and holds.
    pub fn zoom_between(&mut self, from: f64, to: f64) {
        self.moved(between(self.range(), self.scale, from, to));
    }

    /// A gesture that leads nowhere does not stop the axis from following.
    fn moved(&mut self, range: Range) {
        if range != self.range() {
            self.range = Some(range);
            self.follows = false;
        }
    }
}

/// The axes of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// The horizontal axis.
    pub x: AxisView,
    /// The vertical axis.
    pub y: AxisView,
    /// The colour bar.
    pub colour: AxisView,
}

/// What the axes of a figure have to show; none for an axis without data.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Targets {
    /// Along the horizontal axis.
    pub x: Option<Target>,
    /// Along the vertical axis.
    pub y: Option<Target>,
    /// In colours.
    pub colour: Option<Target>,
}

impl Targets {
    /// What shows the data of two layers.
    pub fn union(self, other: Self) -> Self {
        let both = |a: Option<Target>, b: Option<Target>| match (a, b) {
            (Some(a), Some(b)) => Some(a.union(b)),
            (a, b) => a.or(b),
        };
        Self {
            x: both(self.x, other.x),
            y: both(self.y, other.y),
            colour: both(self.colour, other.colour),
        }
    }
}

impl View {
    /// New data have come.
    pub fn follow(&mut self, targets: &Targets) {
        self.x.follow(targets.x);
        self.y.follow(targets.y);
        self.colour.follow(targets.colour);
    }

    /// Shows exactly the data on every axis and follows them from now on.
    pub fn fit(&mut self, targets: &Targets) {
        self.x.fit(targets.x);
        self.y.fit(targets.y);
        self.colour.fit(targets.colour);
    }

    /// Moves both axes by fractions of what is visible.
    pub fn pan(&mut self, by: [f64; 2]) {
        self.x.pan(by[0]);
        self.y.pan(by[1]);
    }

    /// Shows `factor` times as much about a position in the plot, `[0, 0]` at the lower left.
    pub fn zoom(&mut self, at: [f64; 2], factor: f64) {
        self.x.zoom(at[0], factor);
        self.y.zoom(at[1], factor);
    }

    /// Shows the box between two corners.
    pub fn zoom_between(&mut self, from: [f64; 2], to: [f64; 2]) {
        self.x.zoom_between(from[0], to[0]);
        self.y.zoom_between(from[1], to[1]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(lo: f64, hi: f64) -> Option<Target> {
        Range::new(lo, hi).map(|data| Target::of_range(data, Scale::Linear, 0.0))
    }

    #[test]
    fn each_axis_follows_by_itself() {
        let mut view = View::default();
        view.follow(&Targets {
            x: target(0.0, 1.0),
            y: target(0.0, 1.0),
            colour: None,
        });
        view.x.pan(0.5);
        view.follow(&Targets {
            x: target(0.0, 9.0),
            y: target(0.0, 9.0),
            colour: target(2.0, 3.0),
        });
        assert_eq!(view.x.range(), Range::new(0.5, 1.5).unwrap());
        assert_eq!(view.y.range(), Range::new(0.0, 9.0).unwrap());
        assert_eq!(view.colour.range(), Range::new(2.0, 3.0).unwrap());
        assert!(!view.x.follows() && view.y.follows());
    }

    #[test]
    fn a_changed_scale_finds_a_range_it_can_show() {
        let mut axis = AxisView::default();
        axis.show(Range::new(-1.0, 5.0).unwrap());
        axis.set_scale(Scale::Log);
        assert_eq!(axis.range(), Range::TEN);
        axis.follow(target(3.0, 30.0));
        assert_eq!(axis.range(), Range::new(3.0, 30.0).unwrap());
        assert!(!axis.follows());
    }

    #[test]
    fn a_gesture_without_effect_does_not_stop_following() {
        let mut axis = AxisView::default();
        axis.zoom(0.5, f64::NAN);
        axis.pan(0.0);
        assert!(axis.follows());
    }

    #[test]
    fn stored_views_survive_new_fields() {
        let view: View =
            serde_json::from_str(r#"{"x": {"scale": "log", "range": [1, 5]}}"#).unwrap();
        assert_eq!(view.x.range(), Range::new(1.0, 5.0).unwrap());
        assert!(view.x.follows());
        let text = serde_json::to_string(&view).unwrap();
        assert_eq!(serde_json::from_str::<View>(&text).unwrap(), view);
    }
}
