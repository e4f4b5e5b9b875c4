//! Ticks, labels, titles and grid lines around the frame.

use shared::plot::{Rect, Tick};

use super::axis::Axis;
use super::style::{GAP_PX, Style, TICK_PX};
use super::{Align, Baseline, Draw};

/// Minor ticks are shorter than major ones.
const MINOR_TICK_PX: f64 = 3.0;

/// The sides of the frame along which axes run, with what an axis needs there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Needs {
    pub(super) bottom: f64,
    pub(super) left: f64,
}

impl Needs {
    /// What the two axes need for labels of so many characters.
    pub(super) fn of(style: &Style, x_has_notes: bool, y_label_chars: usize) -> Self {
        let title = if style.has_titles { style.line_px } else { 0.0 };
        let notes = if x_has_notes { style.line_px } else { 0.0 };
        Self {
            bottom: TICK_PX + GAP_PX + style.line_px + notes + title,
            left: TICK_PX + GAP_PX + y_label_chars as f64 * style.char_px + GAP_PX + title,
        }
    }
}

/// Lines across the frame at major ticks.
pub(super) fn draw_grid_lines(x: &Axis, y: &Axis, frame: Rect, style: &Style) -> Draw {
    let upright = x.ticks.majors().map(|tick| {
        let px = style.grid.line(x.projection.px_from_data(tick.value), 1.0);
        [[px, frame.top], [px, frame.bottom()]]
    });
    let level = y.ticks.majors().map(|tick| {
        let px = style.grid.line(y.projection.px_from_data(tick.value), 1.0);
        [[frame.left, px], [frame.right(), px]]
    });
    Draw::Segments {
        ends: upright.chain(level).collect(),
        width_px: 1.0,
        colour: style.theme.grid,
    }
}

/// The horizontal axis below the frame. The power of ten stands at the end of the title.
pub(super) fn draw_bottom(axis: &Axis, frame: Rect, style: &Style, out: &mut Vec<Draw>) {
    let at = |tick: &Tick| {
        style
            .grid
            .line(axis.projection.px_from_data(tick.value), 1.0)
    };
    let bottom = frame.bottom();
    let end = |tick: &Tick| [[at(tick), bottom], [at(tick), bottom + tick_px(tick)]];
    out.push(tick_marks(axis, end, style));
    let below = (Align::Centre, Baseline::Top);
    let labels_top = bottom + TICK_PX + GAP_PX;
    let mut notes_end = f64::NEG_INFINITY;
    // A long label at the end stands aside rather than beyond the canvas.
    let room_end = frame.right() + style.line_px;
    for tick in axis.ticks.majors() {
        let half = style.width_px(&tick.label) / 2.0;
        let place = [at(tick).min(room_end - half).max(half), labels_top];
        out.push(style.text(tick.label.clone(), place, below, style.theme.text));
        let Some(note) = &tick.note else { continue };
        let half = style.width_px(note) / 2.0;
        let middle = at(tick).clamp(
            frame.left + half,
            (frame.right() - half).max(frame.left + half),
        );
        if middle - half > notes_end {
            notes_end = middle + half + style.char_px;
            let place = [middle, labels_top + style.line_px];
            out.push(style.text(note.clone(), place, below, style.theme.muted));
        }
    }
    if !style.has_titles {
        return;
    }
    let has_notes = axis.ticks.majors().any(|tick| tick.note.is_some());
    let title_top = labels_top + style.line_px * if has_notes { 2.0 } else { 1.0 };
    let middle = frame.left + frame.width / 2.0;
    let factor = axis.ticks.factor();
    // The title stands in the middle, and the power of ten at its right.
    let beside = factor
        .as_ref()
        .map_or(-style.line_px, |it| style.width_px(it));
    out.push(style.text(
        style.fitted(&axis.title, frame.width - 2.0 * beside),
        [middle, title_top],
        below,
        style.theme.muted,
    ));
    if let Some(factor) = factor {
        let place = [frame.right(), title_top];
        let ends_there = (Align::Right, Baseline::Top);
        out.push(style.text(factor, place, ends_there, style.theme.text));
    }
}

/// The vertical axis left of the frame. The power of ten stands above it.
pub(super) fn draw_left(
    axis: &Axis,
    frame: Rect,
    label_chars: usize,
    style: &Style,
    out: &mut Vec<Draw>,
) {
    let at = |tick: &Tick| {
        style
            .grid
            .line(axis.projection.px_from_data(tick.value), 1.0)
    };
    let left = frame.left;
    let end = |tick: &Tick| [[left - tick_px(tick), at(tick)], [left, at(tick)]];
    out.push(tick_marks(axis, end, style));
    let beside = (Align::Right, Baseline::Middle);
    for tick in axis.ticks.majors() {
        let place = [left - TICK_PX - GAP_PX, at(tick)];
        out.push(style.text(tick.label.clone(), place, beside, style.theme.text));
    }
    if let Some(factor) = axis.ticks.factor() {
        let place = [left, frame.top - GAP_PX];
        out.push(style.text(
            factor,
            place,
            (Align::Left, Baseline::Bottom),
            style.theme.text,
        ));
    }
    if style.has_titles {
        let gutter = Needs::of(style, false, label_chars).left;
        let title_px = frame.left - gutter + style.line_px / 2.0;
        let place = [title_px, frame.top + frame.height / 2.0];
        let title = style.fitted(&axis.title, frame.height + 2.0 * style.line_px);
        out.push(style.upward_text(title, place, style.theme.muted));
    }
}

/// The axis right of the colour bar.
pub(super) fn draw_right(axis: &Axis, bar: Rect, style: &Style, out: &mut Vec<Draw>) {
    let at = |tick: &Tick| {
        style
            .grid
            .line(axis.projection.px_from_data(tick.value), 1.0)
    };
    let right = bar.right();
    let end = |tick: &Tick| [[right, at(tick)], [right + tick_px(tick), at(tick)]];
    out.push(tick_marks(axis, end, style));
    let beside = (Align::Left, Baseline::Middle);
    for tick in axis.ticks.majors() {
        let place = [right + TICK_PX + GAP_PX, at(tick)];
        out.push(style.text(tick.label.clone(), place, beside, style.theme.text));
    }
    if let Some(factor) = axis.ticks.factor() {
        let place = [bar.left, bar.top - GAP_PX];
        out.push(style.text(
            factor,
            place,
            (Align::Left, Baseline::Bottom),
            style.theme.text,
        ));
    }
}

fn tick_marks(axis: &Axis, end: impl Fn(&Tick) -> [[f64; 2]; 2], style: &Style) -> Draw {
    let ends = axis.ticks.ticks.iter().map(end).collect();
    Draw::Segments {
        ends,
        width_px: 1.0,
        colour: style.theme.axis,
    }
}

fn tick_px(tick: &Tick) -> f64 {
    if tick.major { TICK_PX } else { MINOR_TICK_PX }
}
