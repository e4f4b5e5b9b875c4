//! Single values as large text: one line per source.

use shared::plot::format::{exact, group_thousands, with_error, with_unit};
use shared::plot::frame::{Frame, FrameBody, ScalarEntry, Scalars};

use super::style::Style;
use super::{Align, Baseline, Draw, Room, Text, Turn};

/// Draws the entries of all layers in the middle of the room, as large as they fit.
pub(super) fn draw_scalars(scalars: &[&Scalars], room: &Room, style: &Style) -> Vec<Draw> {
    let entries: Vec<_> = scalars.iter().flat_map(|it| &it.entries).collect();
    let [width, height] = room.size_px;
    let rows = entries.len().max(1) as f64;
    let texts: Vec<_> = entries.iter().map(|entry| value_text(entry)).collect();
    let longest = texts
        .iter()
        .map(|text| text.chars().count())
        .max()
        .unwrap_or(1) as f64;
    let by_height = 0.45 * height / rows;
    let value_px = by_height
        .min(width / (0.62 * longest + 1.0))
        .clamp(style.font_px, 72.0);
    let row_px = 1.2 * value_px + style.line_px;
    let top = (height - rows * row_px) / 2.0;
    let mut out = Vec::with_capacity(2 * entries.len());
    for (i, (entry, text)) in entries.into_iter().zip(texts).enumerate() {
        let middle = width / 2.0;
        let row_top = top + i as f64 * row_px;
        let above = (Align::Centre, Baseline::Top);
        out.push(style.text(
            entry.name.to_string(),
            [middle, row_top],
            above,
            style.theme.muted,
        ));
        out.push(Draw::Text(Text {
            words: text,
            at: [middle, row_top + style.line_px],
            align: Align::Centre,
            baseline: Baseline::Top,
            turn: Turn::None,
            size_px: value_px,
            colour: style.theme.text,
        }));
    }
    out
}

/// One value as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScalarText {
    /// Whose value it is.
    pub name: String,
    /// The value with its unit.
    pub value: String,
}

/// The single values of a frame as they are written, for those who do not see the figure.
pub fn scalar_texts(frame: &Frame) -> Vec<ScalarText> {
    let FrameBody::Scalars(scalars) = &frame.body else {
        return Vec::new();
    };
    let text = |entry: &ScalarEntry| ScalarText {
        name: entry.name.to_string(),
        value: value_text(entry),
    };
    scalars.entries.iter().map(text).collect()
}

fn value_text(entry: &ScalarEntry) -> String {
    let number = match entry.error {
        _ if entry.value.is_nan() => return "–".to_owned(),
        Some(error) if error > 0.0 => with_error(entry.value, error),
        _ => group_thousands(&exact(entry.value)),
    };
    with_unit(&number, entry.quantity.unit.symbol())
}
