//! What cuts are called, beside their lines, on plates that keep the image behind from being read as letters.

use shared::plot::Rect;

use crate::present::{Align, Baseline, Colour, Draw, Text, Theme, Turn};

const SIZE_PX: f64 = 12.0;
/// The width of a letter on average.
const LETTER_PX: f64 = 0.56 * SIZE_PX;
const PAD_PX: f64 = 4.0;
/// Between a line and its label.
const GAP_PX: f64 = 7.0;
/// Longer titles are cut.
const MAX_CHARS: usize = 40;

/// The labels of the cuts on one figure, none over another.
pub(super) struct Labels {
    frame: Rect,
    theme: Theme,
    lines: Vec<[[f64; 2]; 2]>,
    placed: Vec<(Rect, String, Colour)>,
}

impl Labels {
    /// Labels inside of a frame, beside these lines.
    pub(super) fn new(frame: Rect, theme: Theme, lines: Vec<[[f64; 2]; 2]>) -> Self {
        Self {
            frame,
            theme,
            lines,
            placed: Vec::new(),
        }
    }

    /// Puts a label beside a line, where there is room for it.
    pub(super) fn add(&mut self, title: &str, ends: [[f64; 2]; 2], colour: Colour) {
        let words = short(title);
        let size = [
            words.chars().count() as f64 * LETTER_PX + 2.0 * PAD_PX,
            1.4 * SIZE_PX,
        ];
        let is_over_label =
            |place: &Rect| self.placed.iter().any(|(other, ..)| place.overlaps(*other));
        let is_over_line = |place: &Rect| self.lines.iter().any(|line| crosses(*line, place));
        let places = places(ends, size, self.frame);
        let find = |is_free: &dyn Fn(&Rect) -> bool| places.iter().find(|it| is_free(it));
        let free = find(&|it| !is_over_label(it) && !is_over_line(it));
        let free = free.or_else(|| find(&|it| !is_over_label(it)));
        let free = free.or_else(|| places.first());
        if let Some(place) = free {
            self.placed.push((*place, words, colour));
        }
    }

    /// How they are drawn.
    pub(super) fn draws(self) -> impl Iterator<Item = Draw> {
        let back = self.theme.background.faded(0.85);
        self.placed
            .into_iter()
            .flat_map(move |(rect, words, colour)| {
                let text = Text {
                    words,
                    at: [rect.left + PAD_PX, rect.top + rect.height / 2.0],
                    align: Align::Left,
                    baseline: Baseline::Middle,
                    turn: Turn::None,
                    size_px: SIZE_PX,
                    colour,
                };
                [Draw::Fill { rect, colour: back }, Draw::Text(text)]
            })
    }
}

/// Where a label can be: on either side of the line, or with a corner at it, at its end, its beginning or its middle; inside
/// of the frame.
fn places([from, to]: [[f64; 2]; 2], [width, height]: [f64; 2], frame: Rect) -> Vec<Rect> {
    let middle = [f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])];
    let is_upright = (to[1] - from[1]).abs() > (to[0] - from[0]).abs();
    let beside = if is_upright {
        [[-1.0, 0.0], [1.0, 0.0]]
    } else {
        [[0.0, -1.0], [0.0, 1.0]]
    };
    let corners = [[1.0, -1.0], [1.0, 1.0], [-1.0, -1.0], [-1.0, 1.0]];
    let within = |centre: f64, size: f64, low: f64, high: f64| {
        (centre - size / 2.0).min(high - size).max(low)
    };
    let mut places = Vec::new();
    for [x, y] in [to, from, middle] {
        for [right, down] in beside.into_iter().chain(corners) {
            let x = x + right * (GAP_PX + width / 2.0);
            let y = y + down * (GAP_PX + height / 2.0);
            places.push(Rect {
                left: within(x, width, frame.left, frame.right()),
                top: within(y, height, frame.top, frame.bottom()),
                width,
                height,
            });
        }
    }
    places
}

/// True when a line passes a rectangle, as far as its parts of a sixty-fourth tell.
fn crosses([from, to]: [[f64; 2]; 2], place: &Rect) -> bool {
    (0..=64).any(|i| {
        let part = f64::from(i) / 64.0;
        let at = [0, 1].map(|axis| from[axis] + part * (to[axis] - from[axis]));
        place.contains(at)
    })
}

fn short(title: &str) -> String {
    if title.chars().count() <= MAX_CHARS {
        return title.to_owned();
    }
    let start: String = title.chars().take(MAX_CHARS - 1).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use shared::plot::Panel;

    use super::*;

    const FRAME: Rect = Rect {
        left: 50.0,
        top: 10.0,
        width: 300.0,
        height: 200.0,
    };

    fn labels(lines: &[[[f64; 2]; 2]]) -> Vec<Rect> {
        let theme = Theme::of(Panel::Light);
        let mut labels = Labels::new(FRAME, theme, lines.to_vec());
        for (i, ends) in lines.iter().enumerate() {
            labels.add("Profile", *ends, theme.series(i));
        }
        labels.placed.into_iter().map(|(rect, ..)| rect).collect()
    }

    #[test]
    fn a_label_is_beside_its_line_and_inside_of_the_frame() {
        let [level] = labels(&[[[100.0, 100.0], [200.0, 100.0]]])[..] else {
            panic!("one label");
        };
        assert!(level.bottom() <= 100.0 - 6.0, "{level:?}");
        for line in [
            [[300.0, 12.0], [349.0, 12.0]],
            [[349.0, 20.0], [349.0, 209.0]],
            [[-900.0, 500.0], [900.0, 700.0]],
        ] {
            let [label] = labels(&[line])[..] else {
                panic!("one label");
            };
            assert!(label.left >= FRAME.left && label.right() <= FRAME.right());
            assert!(label.top >= FRAME.top && label.bottom() <= FRAME.bottom());
        }
    }

    #[test]
    fn labels_of_lines_in_one_place_are_apart() {
        let line = [[100.0, 100.0], [200.0, 100.0]];
        let placed = labels(&[line; 4]);
        assert_eq!(placed.len(), 4);
        for (i, a) in placed.iter().enumerate() {
            assert!(placed[..i].iter().all(|b| !a.overlaps(*b)), "{placed:?}");
        }
    }

    #[test]
    fn a_label_lies_on_no_other_line() {
        let lines = [
            [[100.0, 100.0], [300.0, 100.0]],
            [[100.0, 160.0], [300.0, 110.0]],
            // From corner to corner there is room in the middle alone.
            [[50.0, 10.0], [350.0, 210.0]],
        ];
        for label in labels(&lines) {
            assert!(
                lines.iter().all(|line| !crosses(*line, &label)),
                "{label:?}"
            );
        }
    }

    #[test]
    fn long_titles_are_cut() {
        assert_eq!(short("Profile"), "Profile");
        assert_eq!(short(&"x".repeat(40)).chars().count(), MAX_CHARS);
    }
}
