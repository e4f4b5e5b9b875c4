//! The legend inside the frame: which colour is which curve, and which are hidden.

use shared::plot::Rect;

use super::content::CurveItem;
use super::style::Style;
use super::{Align, Baseline, Draw, SeriesKey};

/// Longer names are cut.
const MAX_CHARS: usize = 28;

/// More curves than this have no place in a legend.
const MAX_ENTRIES: usize = 25;

/// A line of the legend, which shows or hides its curve when clicked.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendEntry {
    /// The curve.
    pub key: SeriesKey,
    /// What the line says.
    pub name: String,
    /// Whether the curve is not drawn now.
    pub is_hidden: bool,
    /// Where the line is, in CSS pixels.
    pub rect: Rect,
}

/// Draws a legend at the upper right of the frame if there are several curves, as far as it fits.
pub(super) fn draw_legend(
    curves: &[CurveItem<'_>],
    frame: Rect,
    style: &Style,
    out: &mut Vec<Draw>,
) -> Vec<LegendEntry> {
    let fit = ((frame.height - style.line_px) / style.line_px).max(0.0) as usize;
    let n_lines = curves.len().min(MAX_ENTRIES).min(fit);
    if curves.len() < 2 || n_lines == 0 {
        return Vec::new();
    }
    // Where not all have a line, the last one says how many have none.
    let n_entries = n_lines - usize::from(curves.len() > n_lines);
    let more = match curves.len() - n_entries {
        0 => String::new(),
        n => format!("+{n} more"),
    };
    let names: Vec<_> = curves
        .iter()
        .take(n_entries)
        .map(|curve| short(&curve.key.name))
        .collect();
    let widest = names
        .iter()
        .chain([&more])
        .map(|name| style.width_px(name))
        .fold(0.0, f64::max);
    let swatch_px = 1.4 * style.font_px;
    let pad = 0.5 * style.font_px;
    let width = (widest + swatch_px + 3.0 * pad).min(frame.width);
    let left = frame.right() - width - pad;
    let top = frame.top + pad;
    let height = n_lines as f64 * style.line_px + pad;
    let back = Rect {
        left,
        top,
        width,
        height,
    };
    out.push(Draw::Fill {
        rect: back,
        colour: style.theme.background.faded(0.85),
    });
    if !more.is_empty() {
        let middle = top + pad / 2.0 + (n_entries as f64 + 0.5) * style.line_px;
        let place = [left + 2.0 * pad + swatch_px, middle];
        let beside = (Align::Left, Baseline::Middle);
        out.push(style.text(more, place, beside, style.theme.muted));
    }
    let entry = |(i, (curve, name)): (usize, (&CurveItem<'_>, String))| {
        let rect = Rect {
            left,
            top: top + pad / 2.0 + i as f64 * style.line_px,
            width,
            height: style.line_px,
        };
        draw_entry(curve, &name, rect, [pad, swatch_px], style, out);
        LegendEntry {
            key: curve.key.clone(),
            name,
            is_hidden: curve.is_hidden,
            rect,
        }
    };
    curves.iter().zip(names).enumerate().map(entry).collect()
}

fn draw_entry(
    curve: &CurveItem<'_>,
    name: &str,
    rect: Rect,
    [pad, swatch_px]: [f64; 2],
    style: &Style,
    out: &mut Vec<Draw>,
) {
    let opacity = if curve.is_hidden { 0.5 } else { 1.0 };
    let middle = rect.top + rect.height / 2.0;
    let colour = style.theme.series(curve.colour_place()).faded(opacity);
    let ends = [
        [rect.left + pad, middle],
        [rect.left + pad + swatch_px, middle],
    ];
    out.push(Draw::Segments {
        ends: vec![ends],
        width_px: 2.0,
        colour,
    });
    let place = [rect.left + 2.0 * pad + swatch_px, middle];
    let text_colour = if curve.is_hidden {
        style.theme.muted
    } else {
        style.theme.text
    };
    if curve.is_hidden {
        let end = place[0] + style.width_px(name);
        out.push(Draw::Segments {
            ends: vec![[place, [end.min(rect.right()), middle]]],
            width_px: 1.0,
            colour: text_colour,
        });
    }
    out.push(style.text(
        name.to_owned(),
        place,
        (Align::Left, Baseline::Middle),
        text_colour,
    ));
}

fn short(name: &str) -> String {
    if name.chars().count() <= MAX_CHARS {
        return name.to_owned();
    }
    let start: String = name.chars().take(MAX_CHARS - 1).collect();
    format!("{start}…")
}
