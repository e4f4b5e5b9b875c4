//! A poster as scalable vector graphics, from the same commands that a canvas is told. Images come as addresses.

use std::fmt::Write as _;

use shared::plot::{ColourMap, Dash, Rect};

use super::{Align, Baseline, Colour, Draw, ImageQuad, Poster, Text, Turn};

/// Stops of the gradient that stands for a colour map.
const N_STOPS: usize = 32;

/// The poster as a document; `address_of` gives each image as an address, such as one that holds a PNG itself.
pub fn svg(
    poster: &Poster,
    font_family: &str,
    address_of: impl FnMut(&ImageQuad) -> Option<String>,
) -> String {
    let mut pen = Pen::default();
    let [width, height] = poster.size_px;
    let family = escaped(font_family);
    pen.put(format_args!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{family}">"#
    ));
    pen.draw(&Draw::Fill {
        rect: poster.rect(),
        colour: poster.background,
    });
    pen.put(format_args!(
        r#"<g transform="translate(0 {})">"#,
        poster.scene_top_px
    ));
    pen.draw_all(&poster.scene.under);
    pen.draw_images(&poster.scene.images, address_of);
    pen.draw_all(&poster.scene.over);
    pen.put(format_args!("</g>"));
    pen.draw_all(&poster.words);
    pen.put(format_args!("</svg>"));
    pen.out
}

/// What has been written, and how many things in it have names.
#[derive(Default)]
struct Pen {
    out: String,
    n_names: usize,
}

impl Pen {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        self.out
            .write_fmt(text)
            .expect("writing to a string cannot fail");
        self.out.push('\n');
    }

    fn draw_all(&mut self, draws: &[Draw]) {
        for draw in draws {
            self.draw(draw);
        }
    }

    fn draw_images(
        &mut self,
        quads: &[ImageQuad],
        mut address_of: impl FnMut(&ImageQuad) -> Option<String>,
    ) {
        for quad in quads {
            if let Some(address) = address_of(quad) {
                let place = place(quad.rect);
                self.put(format_args!(
                    r#"<image {place} preserveAspectRatio="none" image-rendering="pixelated" href="{}"/>"#,
                    escaped(&address)
                ));
            }
        }
    }

    fn draw(&mut self, draw: &Draw) {
        match draw {
            Draw::Fill { rect, colour } => {
                self.put(format_args!("<rect {} {}/>", place(*rect), fill(*colour)));
            }
            Draw::Frame { rect, colour } => {
                let stroke = stroke(*colour, 1.0);
                self.put(format_args!("<rect {} {stroke}/>", place(*rect)));
            }
            Draw::Segments {
                ends,
                width_px,
                colour,
            } => {
                let lines = ends.iter().map(|line| path(line));
                let lines: String = lines.collect();
                self.put(format_args!(
                    r#"<path d="{lines}" {}/>"#,
                    stroke(*colour, *width_px)
                ));
            }
            Draw::Line {
                points,
                width_px,
                dash,
                colour,
            } => {
                let line = path(points);
                let (stroke, dashes) = (stroke(*colour, *width_px), dashes(*dash, *width_px));
                self.put(format_args!(r#"<path d="{line}" {stroke}{dashes}/>"#));
            }
            Draw::Area { points, colour } => {
                let line = path(points);
                self.put(format_args!(r#"<path d="{line}Z" {}/>"#, fill(*colour)));
            }
            Draw::Dots {
                points,
                radius_px,
                colour,
            } => {
                self.put(format_args!("<g {}>", fill(*colour)));
                for [x, y] in points {
                    let [x, y] = [round(*x), round(*y)];
                    self.put(format_args!(
                        r#"<circle cx="{x}" cy="{y}" r="{radius_px}"/>"#
                    ));
                }
                self.put(format_args!("</g>"));
            }
            Draw::Gradient { rect, map } => self.gradient(*rect, *map),
            Draw::Text(text) => self.text(text),
            Draw::Clip(rect) => {
                let name = self.name("clip");
                let place = place(*rect);
                self.put(format_args!(
                    r#"<clipPath id="{name}"><rect {place}/></clipPath><g clip-path="url(#{name})">"#
                ));
            }
            Draw::Unclip => self.put(format_args!("</g>")),
        }
    }

    fn name(&mut self, kind: &str) -> String {
        self.n_names += 1;
        format!("{kind}-{}", self.n_names)
    }

    fn gradient(&mut self, rect: Rect, map: ColourMap) {
        let name = self.name("colours");
        self.put(format_args!(
            r#"<linearGradient id="{name}" x1="0" y1="1" x2="0" y2="0">"#
        ));
        for i in 0..=N_STOPS {
            let at = i as f64 / N_STOPS as f64;
            let [r, g, b] = map.sample(at);
            self.put(format_args!(
                r##"<stop offset="{at}" stop-color="#{r:02x}{g:02x}{b:02x}"/>"##
            ));
        }
        let place = place(rect);
        self.put(format_args!(
            r#"</linearGradient><rect {place} fill="url(#{name})"/>"#
        ));
    }

    fn text(&mut self, text: &Text) {
        let anchor = match text.align {
            Align::Left => "start",
            Align::Centre => "middle",
            Align::Right => "end",
        };
        // Renderers disagree about baselines: the alphabetic one is the same everywhere.
        let drop = match text.baseline {
            Baseline::Top => 0.8,
            Baseline::Middle => 0.35,
            Baseline::Bottom => -0.2,
        };
        let [x, y] = text.at.map(round);
        let turn = match text.turn {
            Turn::None => String::new(),
            Turn::Up => format!(r#" transform="rotate(-90 {x} {y})""#),
        };
        let dy = round(drop * text.size_px);
        self.put(format_args!(
            r#"<text x="{x}" y="{y}" dy="{dy}" font-size="{}" text-anchor="{anchor}" {}{turn}>{}</text>"#,
            text.size_px,
            fill(text.colour),
            escaped(&text.words)
        ));
    }
}

/// Hundredths of a pixel are enough.
fn round(px: f64) -> f64 {
    (px * 100.0).round() / 100.0
}

fn place(rect: Rect) -> String {
    let [x, y, width, height] = [rect.left, rect.top, rect.width, rect.height].map(round);
    format!(r#"x="{x}" y="{y}" width="{width}" height="{height}""#)
}

fn path(points: &[[f64; 2]]) -> String {
    let mut out = String::new();
    for (i, [x, y]) in points.iter().enumerate() {
        let step = if i == 0 { 'M' } else { 'L' };
        write!(out, "{step}{} {}", round(*x), round(*y)).expect("writing to a string cannot fail");
    }
    out
}

fn hex(colour: Colour) -> (String, f64) {
    let [r, g, b] = colour.rgb;
    (
        format!("#{r:02x}{g:02x}{b:02x}"),
        round(f64::from(colour.opacity) / 255.0),
    )
}

fn fill(colour: Colour) -> String {
    match hex(colour) {
        (rgb, 1.0) => format!(r#"fill="{rgb}""#),
        (rgb, opacity) => format!(r#"fill="{rgb}" fill-opacity="{opacity}""#),
    }
}

fn stroke(colour: Colour, width_px: f64) -> String {
    let (rgb, opacity) = hex(colour);
    let opacity = if opacity < 1.0 {
        format!(r#" stroke-opacity="{opacity}""#)
    } else {
        String::new()
    };
    format!(
        r#"fill="none" stroke="{rgb}" stroke-width="{width_px}" stroke-linejoin="round"{opacity}"#
    )
}

fn dashes(dash: Dash, width_px: f64) -> String {
    let lengths = dash
        .pattern()
        .iter()
        .map(|it| (it * width_px.max(1.0)).to_string());
    let lengths: Vec<String> = lengths.collect();
    if lengths.is_empty() {
        return String::new();
    }
    format!(r#" stroke-dasharray="{}""#, lengths.join(" "))
}

/// Text as it may stand in a document, also between quotes. What no document may hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_colours_split() {
        assert_eq!(escaped("a<b & \"c\"\u{7}"), "a&lt;b &amp; &quot;c&quot;");
        let half = Colour::opaque([1, 2, 255]).faded(0.5);
        assert_eq!(fill(half), r##"fill="#0102ff" fill-opacity="0.5""##);
        assert_eq!(path(&[[0.0, 1.234_56], [2.0, 3.0]]), "M0 1.23L2 3");
    }
}
