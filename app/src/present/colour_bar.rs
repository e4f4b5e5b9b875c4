//! The colour bar beside images.

use shared::plot::{ColourBarNeeds, ColourMap, Rect};

use super::Draw;
use super::axis::Axis;
use super::axis_drawing::draw_right;
use super::style::{GAP_PX, Style, TICK_PX};

/// What the bar needs for labels of so many characters.
pub(super) fn needs(style: &Style, label_chars: usize) -> ColourBarNeeds {
    let title = if style.has_titles { style.line_px } else { 0.0 };
    let labels = TICK_PX + GAP_PX + label_chars as f64 * style.char_px + title;
    ColourBarNeeds {
        gap: style.font_px * 0.8,
        width: style.font_px,
        labels,
    }
}

/// The bar with its ticks; its title runs up at the far right.
pub(super) fn draw_colour_bar(
    axis: &Axis,
    bar: Rect,
    map: ColourMap,
    label_chars: usize,
    style: &Style,
    out: &mut Vec<Draw>,
) {
    out.push(Draw::Gradient { rect: bar, map });
    out.push(Draw::Frame {
        rect: bar,
        colour: style.theme.axis,
    });
    draw_right(axis, bar, style, out);
    if style.has_titles {
        let middle = bar.right() + needs(style, label_chars).labels - style.line_px / 2.0;
        let place = [middle, bar.top + bar.height / 2.0];
        let title = style.fitted(&axis.title, bar.height + 2.0 * style.line_px);
        out.push(style.upward_text(title, place, style.theme.muted));
    }
}
