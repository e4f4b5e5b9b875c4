//! How much room an axis has for labels.

/// The part of the usual gap between labels that must stay when somebody asks for many.
const CLOSEST: f64 = 0.6;

/// The length of an axis and the size of its text, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_field_names, reason = "names carry their unit")]
pub struct Room {
    length_px: f64,
    char_px: f64,
    gap_px: f64,
    /// Labels are no closer than this, however short they are.
    least_px: f64,
}

impl Room {
    /// A horizontal axis: labels stand side by side, so their width counts.
    pub fn horizontal(length_px: f64, char_px: f64) -> Self {
        let char_px = at_least_one(char_px);
        Self {
            length_px: at_least_one(length_px),
            char_px,
            gap_px: 3.0 * char_px,
            least_px: 0.0,
        }
    }

    /// A vertical axis: labels stand one above the other, so the height of a line counts.
    pub fn vertical(length_px: f64, line_px: f64) -> Self {
        let gap_px = 2.2 * at_least_one(line_px);
        Self {
            length_px: at_least_one(length_px),
            char_px: 0.0,
            gap_px,
            least_px: 0.0,
        }
    }

    /// The same axis with so many labels at most, and about so many where they fit: they may stand closer than they
    /// would by themselves.
    pub fn with_labels(self, at_most: u8) -> Self {
        let gaps = f64::from(at_most.max(2) - 1);
        Self {
            gap_px: self.gap_px * CLOSEST,
            least_px: self.length_px / gaps,
            ..self
        }
    }

    /// The length of the axis.
    pub const fn length_px(self) -> f64 {
        self.length_px
    }

    /// The least distance between the middles of two labels of so many characters.
    pub fn spacing_px(self, chars: usize) -> f64 {
        (self.char_px * chars as f64 + self.gap_px).max(self.least_px)
    }

    /// How many characters stand in so many pixels beside a gap; none where labels stand one above the other.
    pub(super) fn chars_in(self, px: f64) -> Option<usize> {
        (self.char_px > 0.0).then(|| ((px / self.char_px) - 1.0).max(0.0) as usize)
    }

    /// The same text on a part of the length.
    pub(super) fn shortened(self, fraction: f64) -> Self {
        Self {
            length_px: at_least_one(self.length_px * fraction),
            least_px: self.least_px * fraction,
            ..self
        }
    }

    /// The most labels of so many characters that fit side by side.
    pub(super) fn most(self, chars: usize) -> f64 {
        (self.length_px / self.spacing_px(chars)).max(1.0)
    }
}

/// Text and axes narrower than a pixel (or NaN, before the first layout) count as one pixel.
fn at_least_one(px: f64) -> f64 {
    px.clamp(1.0, 1e5).max(1.0)
}
