//! A cell's figure: what a session chose, and the scene that follows from it.

use shared::plot::params::AxesParams;
use shared::plot::{
    Aspect, Layout, Needs, Normalization, PixelGrid, Projection, Range, Rect, Room as AxisRoom,
    Scale, Targets, layout,
};

use super::axis::{Axis, Zone};
use super::axis_drawing::{self, draw_bottom, draw_grid_lines, draw_left};
use super::content::Content;
use super::curve::draw_curve;
use super::image::{ImageStyle, Lookup, image_quads};
use super::legend::draw_legend;
use super::peak::{draw_peak, peak_readout};
use super::percentile_limits::PercentileLimits;
use super::shapes::{Ground, draw_shapes};
use super::style::{GAP_PX, Style};
use super::targets::targets_of;
use super::{
    Align, Baseline, Draw, LayerPicture, LegendEntry, Meanings, Presentation, Scene, Theme,
    colour_bar,
};

/// Where a figure is drawn, and for whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// Width and height in CSS pixels.
    pub size_px: [f64; 2],
    /// Device pixels per CSS pixel.
    pub device_pixel_ratio: f64,
    /// The size of the page's text, which grows with the screen.
    pub text_px: f64,
    /// The colours.
    pub theme: Theme,
    /// How far the reader's clock is ahead of UTC.
    pub utc_offset_s: i32,
    /// What the reader's time zone is called.
    pub zone: String,
}

/// One figure of one session.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    /// What the session chose. It may be changed between scenes.
    pub presentation: Presentation,
    /// What its layers ask for their axes, whether their pictures are there or not. It may be changed between scenes.
    pub asked: AxesParams,
    targets: Targets,
    meanings: Meanings,
    percentile_limits: PercentileLimits,
    y_label_chars: usize,
    colour_label_chars: usize,
    has_taken_over: bool,
    kept: Vec<usize>,
    lookups: Vec<Lookup>,
}

/// The axes of a figure in their places.
struct Axes {
    layout: Layout,
    x: Axis,
    y: Axis,
    colour: Option<Axis>,
}

impl Figure {
    /// A figure as a session left it.
    pub fn new(presentation: Presentation) -> Self {
        Self {
            presentation,
            ..Self::default()
        }
    }

    /// What is to be painted for the newest pictures of the cell's layers, the lowest layer first. Axes that
    /// follow the data are moved.
    pub fn scene(&mut self, room: &Room, pictures: &[LayerPicture]) -> Scene {
        let style = Style::of(room);
        let mut content = Content::of(pictures, &self.presentation);
        self.aim(&mut content, pictures);
        self.meanings = content.meanings(room.utc_offset_s);
        if !content.has_axes() {
            return empty_scene(room);
        }
        let axes = self.place_axes(&content, room, &style);
        let mut under = Vec::new();
        if content.surfaces.is_empty() {
            under.push(draw_grid_lines(&axes.x, &axes.y, axes.layout.frame, &style));
        }
        let mut over = Vec::new();
        self.draw_data(&content, &axes, &style, &mut over);
        let legend = self.draw_around(&content, &axes, &style, &mut over);
        let (x, y) = (axes.x.projection, axes.y.projection);
        let normalization = axes
            .colour
            .as_ref()
            .map(|colour| Normalization::new(colour.projection.scale(), colour.projection.range()));
        let ratio = style.grid.ratio();
        let images = normalization.map(|normalization| {
            let style = ImageStyle {
                x: &x,
                y: &y,
                frame: axes.layout.frame,
                device_pixel_ratio: ratio,
                normalization,
                map: self.presentation.colours,
            };
            image_quads(&content.surfaces, style, &mut self.lookups)
        });
        let images = images.unwrap_or_default();
        let wants_peak = self.presentation.shows_peak;
        let peak = wants_peak.then(|| peak_readout(&content, [&x, &y], &images, room));
        let peak = peak.flatten();
        if let Some(peak) = &peak {
            draw_peak(peak, &style, &mut over);
        }
        Scene {
            size_px: room.size_px,
            device_pixel_ratio: ratio,
            has_axes: true,
            layout: axes.layout,
            x,
            y,
            under,
            images,
            over,
            legend,
            peak,
        }
    }

    /// Finds what the axes have to show, and has those that follow it do so.
    fn aim(&mut self, content: &mut Content<'_>, pictures: &[LayerPicture]) {
        if !pictures.is_empty() && self.asked != self.presentation.asked {
            let targets = targets_of(content, &self.presentation);
            self.presentation.take_over(self.asked, &targets);
            self.has_taken_over = true;
        }
        let (percentiles, scale) = (
            self.presentation.percentiles,
            self.presentation.view.colour.scale(),
        );
        self.percentile_limits
            .apply(&mut content.surfaces, percentiles, scale);
        self.targets = targets_of(content, &self.presentation);
        self.presentation.view.follow(&self.targets);
    }

    /// Whether it took over what layers ask for since this was asked last.
    pub fn has_taken_over(&mut self) -> bool {
        std::mem::take(&mut self.has_taken_over)
    }

    /// What its axes had to show when it was painted last.
    pub const fn targets(&self) -> &Targets {
        &self.targets
    }

    /// What its axes meant when it was painted last.
    pub const fn meanings(&self) -> &Meanings {
        &self.meanings
    }

    /// Shows all data and follows them from now on.
    pub fn fit(&mut self) {
        self.presentation.fit(&self.targets);
    }

    /// Puts the axes where they fit: labels decide the gutters, gutters the frame, the frame the ticks.
    fn place_axes(&mut self, content: &Content<'_>, room: &Room, style: &Style) -> Axes {
        let view = self.presentation.view;
        let zone = Zone {
            utc_offset_s: room.utc_offset_s,
            name: &room.zone,
        };
        let has_colours = !content.surfaces.is_empty();
        let x_at = |frame: Rect| {
            let room = AxisRoom::horizontal(frame.width, style.char_px);
            Axis::new(view.x, &content.x, [frame.left, frame.right()], room, zone)
        };
        let upright = |view, meta, frame: Rect| {
            let room = AxisRoom::vertical(frame.height, style.line_px);
            Axis::new(view, meta, [frame.bottom(), frame.top], room, zone)
        };
        let bottom = axis_drawing::Needs::of(style, content.x.is_time, 0).bottom;
        let height = room.size_px[1] - bottom - style.line_px - GAP_PX;
        let guess = Rect {
            height: height.max(20.0),
            ..Rect::default()
        };
        settle(
            &mut self.y_label_chars,
            upright(view.y, &content.y, guess).label_chars(),
        );
        let colour = upright(view.colour, &content.colour, guess);
        settle(&mut self.colour_label_chars, colour.label_chars());

        let needs = axis_drawing::Needs::of(style, content.x.is_time, self.y_label_chars);
        let needs = Needs {
            left: needs.left,
            bottom: needs.bottom,
            top: style.line_px + GAP_PX,
            right: if has_colours { 0.0 } else { style.line_px },
            colour_bar: has_colours.then(|| colour_bar::needs(style, self.colour_label_chars)),
        };
        let shape = self
            .aspect(content)
            .width_over_height(view.x.range(), view.y.range());
        let layout = layout(room.size_px, needs, shape, style.grid);
        Axes {
            layout,
            x: x_at(layout.frame),
            y: upright(view.y, &content.y, layout.frame),
            colour: layout
                .colour_bar
                .map(|bar| upright(view.colour, &content.colour, bar)),
        }
    }

    /// The shape that was chosen, else what suits the whole of the data, zoomed or not.
    fn aspect(&self, content: &Content<'_>) -> Aspect {
        let natural = || match (self.targets.x, self.targets.y) {
            (Some(x), Some(y)) if content.is_map() => Aspect::of_map(x.padded(), y.padded()),
            _ => Aspect::Free,
        };
        self.presentation.aspect.unwrap_or_else(natural)
    }

    fn draw_data(
        &mut self,
        content: &Content<'_>,
        axes: &Axes,
        style: &Style,
        out: &mut Vec<Draw>,
    ) {
        let frame = axes.layout.frame;
        let projections = [&axes.x.projection, &axes.y.projection];
        out.push(Draw::Clip(frame));
        content.bars.draw(projections, style, out);
        for curve in content.curves.iter().filter(|curve| !curve.is_hidden) {
            let colour = style
                .theme
                .series(curve.colour_place())
                .faded(curve.picture.opacity());
            let paper = (frame, style.grid.ratio());
            draw_curve(curve, projections, paper, colour, &mut self.kept, out);
        }
        let n_curves = content.curves.len();
        let ground = Ground {
            axes: projections,
            frame,
            style,
            has_image: !content.surfaces.is_empty(),
        };
        for (i, (picture, it)) in content.shapes.iter().enumerate() {
            let ink = (style.theme.series(n_curves + i), picture.opacity());
            draw_shapes(it, ground, ink, out);
        }
        out.push(Draw::Unclip);
    }

    /// The frame, axes, colour bar, legend, and how much was reduced.
    fn draw_around(
        &self,
        content: &Content<'_>,
        axes: &Axes,
        style: &Style,
        out: &mut Vec<Draw>,
    ) -> Vec<LegendEntry> {
        let frame = axes.layout.frame;
        out.push(Draw::Frame {
            rect: frame,
            colour: style.theme.axis,
        });
        draw_bottom(&axes.x, frame, style, out);
        draw_left(&axes.y, frame, self.y_label_chars, style, out);
        if let (Some(axis), Some(bar)) = (&axes.colour, axes.layout.colour_bar) {
            let map = self.presentation.colours;
            colour_bar::draw_colour_bar(axis, bar, map, self.colour_label_chars, style, out);
        }
        if content.reduced > 1 {
            let place = [frame.right(), frame.top - 2.0];
            let badge = format!("1:{}", content.reduced);
            out.push(style.text(
                badge,
                place,
                (Align::Right, Baseline::Bottom),
                style.theme.muted,
            ));
        }
        draw_legend(&content.curves, frame, style, out)
    }
}

/// Gutters grow at once and shrink only by three characters, so that the frame does not jump as numbers count.
fn settle(held_chars: &mut usize, needed_chars: usize) {
    let needed_chars = needed_chars.max(3);
    if needed_chars > *held_chars || needed_chars + 3 <= *held_chars {
        *held_chars = needed_chars;
    }
}

/// A scene without axes.
pub(super) fn empty_scene(room: &Room) -> Scene {
    let [width, height] = room.size_px;
    let frame = Rect {
        left: 0.0,
        top: 0.0,
        width,
        height,
    };
    Scene {
        size_px: room.size_px,
        device_pixel_ratio: PixelGrid::new(room.device_pixel_ratio).ratio(),
        has_axes: false,
        layout: Layout {
            frame,
            colour_bar: None,
        },
        x: Projection::new(Scale::Linear, Range::UNIT, [0.0, width]),
        y: Projection::new(Scale::Linear, Range::UNIT, [height, 0.0]),
        under: Vec::new(),
        images: Vec::new(),
        over: Vec::new(),
        legend: Vec::new(),
        peak: None,
    }
}
