//! Paints scenes onto canvases by the 2-D drawing interface. It decides nothing: what is drawn is in the scene.

use std::f64::consts::{FRAC_PI_2, TAU};

use js_sys::Array;
use shared::plot::{ColourMap, Dash, Rect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, window};

use super::image_painter::ImagePainter;
use crate::present::{Align, Baseline, Colour, Draw, Poster, Scene, Text, Turn};

/// Stops of the gradient that stands for a colour map.
const N_STOPS: usize = 32;

/// A canvas on the page.
#[derive(Clone, Debug)]
pub(crate) struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    font_family: String,
}

impl Canvas {
    /// The canvas of an element; none where the browser cannot draw.
    pub(crate) fn of(element: HtmlCanvasElement) -> Option<Self> {
        let context = element.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self {
            element,
            context,
            font_family: font_family().unwrap_or_else(|| "sans-serif".to_owned()),
        })
    }

    /// Replaces what the canvas shows.
    pub(crate) fn paint(&self, scene: &Scene, images: &mut ImagePainter) {
        let ratio = scene.device_pixel_ratio;
        self.begin(scene.size_px, ratio);
        self.paint_scene(scene, 0.0, images);
    }

    /// Replaces what the canvas shows by a poster.
    pub(crate) fn paint_poster(&self, poster: &Poster, images: &mut ImagePainter) {
        self.begin(poster.size_px, poster.scene.device_pixel_ratio);
        let back = Draw::Fill {
            rect: poster.rect(),
            colour: poster.background,
        };
        let mut pen = self.pen();
        pen.draw(&back);
        for words in &poster.words {
            pen.draw(words);
        }
        self.paint_scene(&poster.scene, poster.scene_top_px, images);
    }

    /// An empty canvas of a size.
    fn begin(&self, size_px: [f64; 2], ratio: f64) {
        let [width, height] = size_px.map(|px| (px * ratio).round() as u32);
        if self.element.width() != width {
            self.element.set_width(width);
        }
        if self.element.height() != height {
            self.element.set_height(height);
        }
        let context = &self.context;
        context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).ok();
        context.clear_rect(0.0, 0.0, size_px[0], size_px[1]);
    }

    fn paint_scene(&self, scene: &Scene, top_px: f64, images: &mut ImagePainter) {
        let (context, ratio) = (&self.context, scene.device_pixel_ratio);
        let down = (top_px * ratio).round();
        context
            .set_transform(ratio, 0.0, 0.0, ratio, 0.0, down)
            .ok();
        let mut pen = self.pen();
        for draw in &scene.under {
            pen.draw(draw);
        }
        for quad in &scene.images {
            images.paint(context, quad);
        }
        for draw in &scene.over {
            pen.draw(draw);
        }
    }

    fn pen(&self) -> Pen<'_> {
        Pen {
            context: &self.context,
            family: &self.font_family,
            said: Said::default(),
            kept: Vec::new(),
        }
    }
}

/// The fonts of the page, which has one family.
pub(super) fn font_family() -> Option<String> {
    let window = window()?;
    let body = window.document()?.body()?;
    let style = window.get_computed_style(&body).ok()??;
    let family = style.get_property_value("font-family").ok()?;
    (!family.is_empty()).then_some(family)
}

struct Pen<'a> {
    context: &'a CanvasRenderingContext2d,
    family: &'a str,
    said: Said,
    /// What it went by when it was told to keep that, and goes by again when it is told to restore it.
    kept: Vec<Said>,
}

/// What the drawing interface was told and goes by until it is told otherwise, as far as it is known: every text that it
/// is handed is copied and parsed, which takes as long as drawing does.
#[derive(Clone, Copy, Default)]
struct Said {
    font_px: Option<f64>,
    fill: Option<Colour>,
    stroke: Option<(f64, Colour)>,
    align: Option<Align>,
    baseline: Option<Baseline>,
}

/// Whether something is news; it is known from now on.
fn is_news<T: PartialEq>(known: &mut Option<T>, value: T) -> bool {
    let is_news = known.as_ref() != Some(&value);
    if is_news {
        *known = Some(value);
    }
    is_news
}

impl Pen<'_> {
    fn draw(&mut self, draw: &Draw) {
        let context = self.context;
        match draw {
            Draw::Fill { rect, colour } => {
                self.fill_with(*colour);
                context.fill_rect(rect.left, rect.top, rect.width, rect.height);
            }
            Draw::Frame { rect, colour } => {
                self.stroke_with(1.0, *colour);
                context.stroke_rect(rect.left, rect.top, rect.width, rect.height);
            }
            Draw::Segments {
                ends,
                width_px,
                colour,
            } => {
                context.begin_path();
                for [from, to] in ends {
                    context.move_to(from[0], from[1]);
                    context.line_to(to[0], to[1]);
                }
                self.stroke_with(*width_px, *colour);
                context.stroke();
            }
            Draw::Line {
                points,
                width_px,
                dash,
                colour,
            } => {
                self.trace(points);
                self.stroke_with(*width_px, *colour);
                self.stroke_dashed(*dash, *width_px);
            }
            Draw::Area { points, colour } => {
                self.trace(points);
                self.fill_with(*colour);
                context.fill();
            }
            Draw::Dots {
                points,
                radius_px,
                colour,
            } => self.dots(points, *radius_px, *colour),
            Draw::Gradient { rect, map } => self.gradient(*rect, *map),
            Draw::Text(text) => self.write(text),
            Draw::Clip(rect) => {
                context.save();
                self.kept.push(self.said);
                context.begin_path();
                context.rect(rect.left, rect.top, rect.width, rect.height);
                context.clip();
            }
            Draw::Unclip => {
                context.restore();
                self.said = self.kept.pop().unwrap_or_default();
            }
        }
    }

    fn fill_with(&mut self, colour: Colour) {
        if is_news(&mut self.said.fill, colour) {
            self.context.set_fill_style_str(&colour.css());
        }
    }

    fn stroke_with(&mut self, width_px: f64, colour: Colour) {
        if is_news(&mut self.said.stroke, (width_px, colour)) {
            self.context.set_line_width(width_px);
            self.context.set_line_join("round");
            self.context.set_stroke_style_str(&colour.css());
        }
    }

    fn stroke_dashed(&self, dash: Dash, width_px: f64) {
        let lengths = dash.pattern().iter().map(|it| it * width_px.max(1.0));
        let lengths: Array = lengths.map(JsValue::from_f64).collect();
        if lengths.length() == 0 {
            return self.context.stroke();
        }
        self.context.set_line_dash(&lengths).ok();
        self.context.stroke();
        self.context.set_line_dash(&Array::new()).ok();
    }

    fn trace(&self, points: &[[f64; 2]]) {
        self.context.begin_path();
        for [x, y] in points {
            self.context.line_to(*x, *y);
        }
    }

    fn dots(&mut self, points: &[[f64; 2]], radius_px: f64, colour: Colour) {
        self.context.begin_path();
        for [x, y] in points {
            self.context.move_to(x + radius_px, *y);
            self.context.arc(*x, *y, radius_px, 0.0, TAU).ok();
        }
        self.fill_with(colour);
        self.context.fill();
    }

    fn gradient(&mut self, rect: Rect, map: ColourMap) {
        let gradient = self
            .context
            .create_linear_gradient(0.0, rect.bottom(), 0.0, rect.top);
        for i in 0..=N_STOPS {
            let at = i as f64 / N_STOPS as f64;
            let colour = Colour::opaque(map.sample(at));
            gradient.add_color_stop(at as f32, &colour.css()).ok();
        }
        self.said.fill = None;
        self.context.set_fill_style_canvas_gradient(&gradient);
        self.context
            .fill_rect(rect.left, rect.top, rect.width, rect.height);
    }

    fn write(&mut self, text: &Text) {
        let context = self.context;
        if is_news(&mut self.said.font_px, text.size_px) {
            context.set_font(&format!("{}px {}", text.size_px, self.family));
        }
        self.fill_with(text.colour);
        if is_news(&mut self.said.align, text.align) {
            context.set_text_align(match text.align {
                Align::Left => "left",
                Align::Centre => "center",
                Align::Right => "right",
            });
        }
        if is_news(&mut self.said.baseline, text.baseline) {
            context.set_text_baseline(match text.baseline {
                Baseline::Top => "top",
                Baseline::Middle => "middle",
                Baseline::Bottom => "bottom",
            });
        }
        let [x, y] = text.at;
        match text.turn {
            Turn::None => {
                context.fill_text(&text.words, x, y).ok();
            }
            Turn::Up => {
                context.save();
                context.translate(x, y).ok();
                context.rotate(-FRAC_PI_2).ok();
                context.fill_text(&text.words, 0.0, 0.0).ok();
                context.restore();
            }
        }
    }
}
