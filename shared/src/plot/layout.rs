//! Where the parts of a figure lie, in CSS pixels from its upper left corner. Text sizes come in as numbers.

use super::PixelGrid;

/// Frames are not drawn smaller than this, whatever the labels take.
const MIN_FRAME_PX: f64 = 20.0;

/// How many times as high as wide a colour bar is at least, as far as there is room.
const LEAST_BAR: f64 = 8.0;

/// A rectangle in CSS pixels, `y` downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left side.
    pub left: f64,
    /// Upper side.
    pub top: f64,
    /// Width, never negative.
    pub width: f64,
    /// Height, never negative.
    pub height: f64,
}

impl Rect {
    /// Right side.
    pub fn right(self) -> f64 {
        self.left + self.width
    }

    /// Lower side.
    pub fn bottom(self) -> f64 {
        self.top + self.height
    }

    /// Whether two rectangles have an area in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.left < other.right()
            && other.left < self.right()
            && self.top < other.bottom()
            && other.top < self.bottom()
    }

    /// Whether a point lies inside, borders included.
    pub fn contains(self, [x, y]: [f64; 2]) -> bool {
        (self.left..=self.right()).contains(&x) && (self.top..=self.bottom()).contains(&y)
    }

    /// Where a point lies, `[0, 0]` at the lower left and `[1, 1]` at the upper right, as gestures count.
    pub fn unit_from_px(self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            (x - self.left) / self.width.max(1.0),
            (self.bottom() - y) / self.height.max(1.0),
        ]
    }
}

/// What the parts of a figure need, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Needs {
    /// Tick labels and title left of the frame.
    pub left: f64,
    /// Tick labels, notes and title below the frame.
    pub bottom: f64,
    /// Above the frame: half a line for the topmost label, or a line for powers of ten.
    pub top: f64,
    /// Right of the frame or of the colour bar's labels: half a label.
    pub right: f64,
    /// The colour bar with its labels; none without colours.
    pub colour_bar: Option<ColourBarNeeds>,
}

/// What a colour bar needs, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColourBarNeeds {
    /// Between frame and bar.
    pub gap: f64,
    /// Of the bar.
    pub width: f64,
    /// Tick labels and title right of the bar.
    pub labels: f64,
}

/// Where the parts lie.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Layout {
    /// The frame in which data are drawn.
    pub frame: Rect,
    /// The colour bar, as high as the frame, or higher beside a low one, to tell more than one colour.
    pub colour_bar: Option<Rect>,
}

/// Lays out a figure in a room of so many CSS pixels, all sides on whole device pixels.
///
/// A frame with a shape (`width_over_height`) is as large as the room allows and stands in its middle; the colour
/// bar stays beside it. Too little room cuts labels, not the frame: it keeps 20 pixels.
///
/// ```
/// use shared::plot::{Needs, PixelGrid, Rect, layout};
/// let needs = Needs { left: 40.0, bottom: 30.0, top: 10.0, right: 10.0, colour_bar: None };
/// let free = layout([450.0, 240.0], needs, None, PixelGrid::new(1.0));
/// assert_eq!(free.frame, Rect { left: 40.0, top: 10.0, width: 400.0, height: 200.0 });
/// let square = layout([450.0, 240.0], needs, Some(1.0), PixelGrid::new(1.0));
/// assert_eq!(square.frame, Rect { left: 140.0, top: 10.0, width: 200.0, height: 200.0 });
/// ```
pub fn layout(
    size_px: [f64; 2],
    needs: Needs,
    width_over_height: Option<f64>,
    grid: PixelGrid,
) -> Layout {
    let bar_px = needs
        .colour_bar
        .map_or(0.0, |bar| bar.gap + bar.width + bar.labels);
    let width = (size_px[0] - needs.left - needs.right - bar_px).max(MIN_FRAME_PX);
    let height = (size_px[1] - needs.top - needs.bottom).max(MIN_FRAME_PX);
    let (frame_width, frame_height) = match width_over_height {
        None => (width, height),
        Some(ratio) if width > height * ratio => ((height * ratio).max(MIN_FRAME_PX), height),
        Some(ratio) => (width, (width / ratio).max(MIN_FRAME_PX)),
    };
    let left = grid.edge(needs.left + (width - frame_width) / 2.0);
    let top = grid.edge(needs.top + (height - frame_height) / 2.0);
    let frame = Rect {
        left,
        top,
        width: grid.edge(left + frame_width) - left,
        height: grid.edge(top + frame_height) - top,
    };
    let bar = |bar: ColourBarNeeds| {
        let left = grid.edge(frame.right() + bar.gap);
        let width = grid.edge(left + bar.width) - left;
        let least = (LEAST_BAR * bar.width).min(height);
        if frame.height >= least {
            return Rect {
                left,
                width,
                ..frame
            };
        }
        let middle = frame.top + frame.height / 2.0;
        let lowest = needs.top + height - least;
        let top = grid.edge((middle - least / 2.0).clamp(needs.top, lowest.max(needs.top)));
        Rect {
            left,
            top,
            width,
            height: grid.edge(top + least) - top,
        }
    };
    Layout {
        frame,
        colour_bar: needs.colour_bar.map(bar),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEEDS: Needs = Needs {
        left: 40.0,
        bottom: 30.0,
        top: 10.0,
        right: 10.0,
        colour_bar: Some(ColourBarNeeds {
            gap: 8.0,
            width: 12.0,
            labels: 30.0,
        }),
    };

    #[test]
    fn the_colour_bar_stands_beside_the_frame() {
        let laid = layout([500.0, 240.0], NEEDS, Some(1.0), PixelGrid::new(1.0));
        let bar = laid.colour_bar.unwrap();
        assert_eq!(laid.frame.width, laid.frame.height);
        assert_eq!((bar.left, bar.width), (laid.frame.right() + 8.0, 12.0));
        assert_eq!((bar.top, bar.height), (laid.frame.top, laid.frame.height));
    }

    #[test]
    fn beside_a_low_frame_it_is_higher_and_inside_the_room() {
        let laid = layout([500.0, 240.0], NEEDS, Some(10.0), PixelGrid::new(1.0));
        let bar = laid.colour_bar.unwrap();
        assert_eq!((laid.frame.height, bar.height), (40.0, 96.0));
        assert_eq!(bar.top + bar.height / 2.0, laid.frame.top + 20.0);
        let laid = layout([500.0, 100.0], NEEDS, Some(20.0), PixelGrid::new(1.0));
        let bar = laid.colour_bar.unwrap();
        assert_eq!((bar.top, bar.height), (10.0, 60.0));
    }

    #[test]
    fn everything_lies_inside_the_room() {
        for width in 120..500 {
            let size = [f64::from(width), 150.0];
            for ratio in [None, Some(1.0), Some(0.3), Some(4.0)] {
                let laid = layout(size, NEEDS, ratio, PixelGrid::new(1.5));
                let bar = laid.colour_bar.unwrap();
                assert!(laid.frame.left >= 39.0 && bar.right() + 40.0 <= size[0] + 1.0);
                assert!(laid.frame.top >= 9.0 && laid.frame.bottom() + 30.0 <= size[1] + 1.0);
            }
        }
    }

    #[test]
    fn sides_lie_on_device_pixels() {
        let laid = layout([333.3, 217.7], NEEDS, None, PixelGrid::new(1.25));
        for side in [
            laid.frame.left,
            laid.frame.right(),
            laid.frame.top,
            laid.frame.bottom(),
        ] {
            assert!((side * 1.25 - (side * 1.25).round()).abs() < 1e-9);
        }
    }

    #[test]
    fn no_room_still_gives_a_frame() {
        let laid = layout([0.0, 0.0], NEEDS, Some(1e9), PixelGrid::new(f64::NAN));
        assert!(laid.frame.width >= 20.0 && laid.frame.height >= 20.0);
        assert_eq!(
            laid.frame.unit_from_px([laid.frame.left, laid.frame.top]),
            [0.0, 1.0]
        );
    }
}
