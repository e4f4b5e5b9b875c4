//! Bars: single values side by side, on an axis of names and an axis of values.

use shared::plot::format::{count_with_error, group_thousands, read_out, with_error, with_unit};
use shared::plot::frame::{Extent, Frame, FrameBody, ScalarEntry};
use shared::plot::{Projection, Range, Rect, Scale, Target, Targets};

use super::axis_meta::AxisMeta;
use super::style::Style;
use super::{Draw, LayerPicture, Reading, Readout};

/// How much of its place a bar takes.
const WIDTH: f64 = 0.7;
/// Above the highest bar.
const MARGIN: f64 = 0.1;

/// The bars of a figure.
#[derive(Clone, Debug, Default)]
pub(super) struct Bars<'a> {
    pub(super) bars: Vec<(&'a LayerPicture, &'a ScalarEntry)>,
    /// Whether they lie along x.
    pub(super) is_horizontal: bool,
}

impl<'a> Bars<'a> {
    /// The bars of all layers, in drawing order.
    pub(super) fn of(pictures: &'a [LayerPicture]) -> Self {
        let drawn = || pictures.iter().filter_map(|it| Some((it, it.bars?)));
        let bars = drawn().flat_map(|(picture, _)| match &picture.frame.body {
            FrameBody::Scalars(scalars) => scalars.entries.iter().map(|it| (picture, it)).collect(),
            _ => Vec::new(),
        });
        Self {
            bars: bars.collect(),
            is_horizontal: drawn().any(|(_, style)| style.horizontal),
        }
    }

    /// What the axes mean, `[x, y]`; none without bars.
    pub(super) fn axes(&self) -> Option<[AxisMeta; 2]> {
        let (_, first) = self.bars.first()?;
        let mut names: Vec<String> = self
            .bars
            .iter()
            .map(|(_, it)| it.name.to_string())
            .collect();
        if self.is_horizontal {
            names.reverse();
        }
        let values = AxisMeta::shared(
            self.bars
                .iter()
                .map(|(_, it)| AxisMeta::of_quantity(&it.quantity)),
        );
        let values = AxisMeta {
            label: first.quantity.label.to_string(),
            ..values
        };
        Some(self.along([AxisMeta::of_things(names), values]))
    }

    /// What the axes have to show.
    pub(super) fn targets(&self, [x, y]: [Scale; 2]) -> Targets {
        if self.bars.is_empty() {
            return Targets::default();
        }
        let scale = if self.is_horizontal { x } else { y };
        let places = Range::new(-0.5, self.bars.len() as f64 - 0.5);
        let ends = self.bars.iter().flat_map(|(_, it)| {
            let error = it.error.filter(|it| it.is_finite()).unwrap_or_default();
            [it.value - error, it.value, it.value + error]
        });
        let from = (!scale.is_log()).then_some(0.0);
        let extent = Extent::of(ends.chain(from));
        let values = Target::new(extent, scale, MARGIN);
        let is_positive = extent.finite.is_some_and(|(lo, _)| lo >= 0.0);
        let values = values.map(|it| {
            if is_positive && !scale.is_log() {
                it.not_below_zero()
            } else {
                it
            }
        });
        let places = places.map(|it| Target::of_range(it, Scale::Linear, 0.0));
        let [x, y] = self.along([places, values]);
        Targets { x, y, colour: None }
    }

    /// Draws them with their errors.
    pub(super) fn draw(&self, [x, y]: [&Projection; 2], style: &Style, out: &mut Vec<Draw>) {
        let [places, values] = self.along([x, y]);
        let clamped = |value: f64| {
            let range = values.range();
            let value = if value.is_nan() { range.lo() } else { value };
            values.px_from_data(value.clamp(range.lo(), range.hi()))
        };
        let base_px = clamped(if values.scale().is_log() {
            f64::MIN_POSITIVE
        } else {
            0.0
        });
        for (i, (picture, bar)) in self.bars.iter().enumerate() {
            if !bar.value.is_finite() {
                continue;
            }
            let place = self.place(i);
            let sides =
                [place - WIDTH / 2.0, place + WIDTH / 2.0].map(|it| places.px_from_data(it));
            let end_px = clamped(bar.value);
            let colour = style.theme.series(i).faded(picture.opacity());
            out.push(Draw::Fill {
                rect: self.rect(sides, [base_px, end_px]),
                colour,
            });
            if let Some(error) = bar.error.filter(|it| *it > 0.0) {
                let middle = places.px_from_data(place);
                let ends = [bar.value - error, bar.value + error].map(clamped);
                let point = |px| self.along([middle, px]);
                out.push(Draw::Segments {
                    ends: vec![[point(ends[0]), point(ends[1])]],
                    width_px: 1.5,
                    colour: style.theme.text,
                });
            }
        }
    }

    /// The bar in whose place the cursor is.
    pub(super) fn readout(&self, [x, y]: [&Projection; 2], cursor: [f64; 2]) -> Option<Readout> {
        let [places, _] = self.along([x, y]);
        let [px, _] = self.along(cursor);
        let at = places.data_from_px(px).round();
        let (_, bar) = (0..self.bars.len())
            .find(|i| self.place(*i) == at)
            .map(|i| self.bars[i])?;
        Some(Readout {
            name: Some(bar.name.to_string()),
            readings: vec![Reading {
                label: bar.quantity.label.to_string(),
                value: value_text(bar),
            }],
            marker: None,
        })
    }

    /// Where a bar stands on the axis of names; the first one of horizontal bars is the uppermost.
    fn place(&self, i: usize) -> f64 {
        let place = if self.is_horizontal {
            self.bars.len() - 1 - i
        } else {
            i
        };
        place as f64
    }

    fn rect(&self, places: [f64; 2], values: [f64; 2]) -> Rect {
        let [across, along] = self.along([places, values]);
        Rect {
            left: across[0].min(across[1]),
            top: along[0].min(along[1]),
            width: (across[1] - across[0]).abs(),
            height: (along[1] - along[0]).abs(),
        }
    }

    /// `[names, values]` as `[x, y]`, and back.
    fn along<T>(&self, [names, values]: [T; 2]) -> [T; 2] {
        if self.is_horizontal {
            [values, names]
        } else {
            [names, values]
        }
    }
}

/// The single values of a frame as they are written, for those who do not see the figure.
pub fn scalar_texts(frame: &Frame) -> Vec<String> {
    let FrameBody::Scalars(scalars) = &frame.body else {
        return Vec::new();
    };
    let text = |entry: &ScalarEntry| format!("{}: {}", entry.name, value_text(entry));
    scalars.entries.iter().map(text).collect()
}

fn value_text(entry: &ScalarEntry) -> String {
    let unit = entry.quantity.unit.symbol();
    let number = match entry.error {
        _ if entry.value.is_nan() => return "–".to_owned(),
        Some(error) if error > 0.0 && unit == "counts" => count_with_error(entry.value, error),
        Some(error) if error > 0.0 => with_error(entry.value, error),
        _ => group_thousands(&read_out(entry.value, false)),
    };
    with_unit(&number, unit)
}
