//! Sizes of text and lines, chosen by the size of the figure.

use shared::plot::PixelGrid;

use super::{Align, Baseline, Colour, Draw, Room, Text, Theme, Turn};

/// The length of a major tick.
pub(super) const TICK_PX: f64 = 5.0;

/// Between a tick and its label.
pub(super) const GAP_PX: f64 = 4.0;

/// The largest text of axes, in parts of the page's text.
const MAX_FONT: f64 = 1.07;

/// The width of a letter on average, in parts of its size.
const LETTER: f64 = 0.54;

/// How a figure is drawn in its room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) theme: Theme,
    pub(super) grid: PixelGrid,
    pub(super) font_px: f64,
    /// The width of a digit. Numbers are set in tabular figures, so that labels do not move as they count.
    pub(super) char_px: f64,
    pub(super) line_px: f64,
    /// Whether there is room for titles of axes.
    pub(super) has_titles: bool,
}

impl Style {
    /// Larger figures have larger text, to be read from across a room.
    pub(super) fn of(room: &Room) -> Self {
        let [width, height] = room.size_px;
        let font_px = (width.min(height) / 28.0).round();
        let font_px = font_px.clamp(11.0, (MAX_FONT * room.text_px).round().max(11.0));
        Self {
            theme: room.theme,
            grid: PixelGrid::new(room.device_pixel_ratio),
            font_px,
            char_px: 0.64 * font_px,
            line_px: 1.3 * font_px,
            has_titles: width >= 200.0 && height >= 120.0,
        }
    }

    /// A line of text.
    pub(super) fn text(
        &self,
        words: String,
        at: [f64; 2],
        (align, baseline): (Align, Baseline),
        colour: Colour,
    ) -> Draw {
        let turn = Turn::None;
        Draw::Text(Text {
            words,
            at,
            align,
            baseline,
            turn,
            size_px: self.font_px,
            colour,
        })
    }

    /// A line of text from bottom to top, its middle at a point.
    pub(super) fn upward_text(&self, words: String, at: [f64; 2], colour: Colour) -> Draw {
        Draw::Text(Text {
            words,
            at,
            align: Align::Centre,
            baseline: Baseline::Middle,
            turn: Turn::Up,
            size_px: self.font_px,
            colour,
        })
    }

    /// A title `Label [unit]` in the room that there is. Its label is cut, its unit never is: it goes with all of it.
    pub(super) fn fitted(&self, title: &str, length_px: f64) -> String {
        let room = (length_px / (LETTER * self.font_px)).max(0.0) as usize;
        let n_chars = title.chars().count();
        if n_chars <= room {
            return title.to_owned();
        }
        let unit = title.rfind('[').map_or("", |at| &title[at..]);
        let label: Vec<char> = title[..title.len() - unit.len()]
            .trim_end()
            .chars()
            .collect();
        let kept = room.saturating_sub(unit.chars().count() + 2);
        match kept {
            0..3 if unit.is_empty() || unit.chars().count() > room => String::new(),
            0..3 => unit.to_owned(),
            _ => {
                let label: String = label[..kept.min(label.len())].iter().collect();
                format!("{label}… {unit}").trim_end().to_owned()
            }
        }
    }

    /// About how wide words are, which have narrow letters among them.
    pub(super) fn words_px(&self, text: &str) -> f64 {
        text.chars().count() as f64 * LETTER * self.font_px
    }

    /// About how wide a text is that may be all digits.
    pub(super) fn width_px(&self, text: &str) -> f64 {
        text.chars().count() as f64 * self.char_px
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_loses_its_label_before_its_unit() {
        let style = Style::of(&Room {
            size_px: [300.0, 200.0],
            device_pixel_ratio: 1.0,
            text_px: 15.0,
            theme: Theme::of(shared::plot::Panel::Light),
            utc_offset_s: 0,
            zone: String::new(),
        });
        let fitted = |n_chars: f64| {
            let length_px = (n_chars + 0.5) * LETTER * style.font_px;
            style.fitted("Time of arrival [ms]", length_px)
        };
        assert_eq!(fitted(20.0), "Time of arrival [ms]");
        assert_eq!(fitted(14.0), "Time of … [ms]");
        assert_eq!(fitted(6.0), "[ms]");
        assert_eq!(fitted(3.0), "");
        assert_eq!(style.fitted("Index", 5.0), "");
    }
}
