//! Images on canvases: by the graphics processor where there is one, else pixel by pixel.
//!
//! WebGL in software is no graphics processor: what it paints has to be read back, which takes longer than to paint it.

use shared::plot::Rect;
use wasm_bindgen::{Clamped, JsCast as _};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData, window};

use super::webgl_image::WebGlImages;
use crate::present::{ImageQuad, pixels};

/// After a context is lost or refused, so many images are painted without before the next attempt.
const PAINTS_WITHOUT: u32 = 64;

/// Paints the images of all figures of a page, which share one graphics context: browsers allow few.
#[derive(Debug, Default)]
pub(crate) struct ImagePainter {
    webgl: Option<WebGlImages>,
    paints_without: u32,
    pixels: Option<Pixels>,
    scratch: Vec<u8>,
}

/// A canvas that is not on the page, for pixels on their way to one that is.
#[derive(Debug)]
struct Pixels {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Pixels {
    fn new() -> Option<Self> {
        let canvas = new_canvas()?;
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self { canvas, context })
    }
}

impl ImagePainter {
    /// Paints an image onto a canvas, where its rectangle says.
    pub(crate) fn paint(&mut self, onto: &CanvasRenderingContext2d, quad: &ImageQuad) {
        if quad.columns.is_empty() || quad.rows.is_empty() {
            return;
        }
        onto.set_image_smoothing_enabled(false);
        if self.paint_by_webgl(onto, quad).is_none() {
            self.paint_by_pixels(onto, quad);
        }
    }

    /// `None` where the graphics context is lost, refused, or too small for the image. A lost one takes its
    /// textures with it; a new one fills them from the values that the page holds anyway.
    fn paint_by_webgl(&mut self, onto: &CanvasRenderingContext2d, quad: &ImageQuad) -> Option<()> {
        if self.webgl.as_ref().is_some_and(WebGlImages::is_lost) {
            self.webgl = None;
        }
        if self.webgl.is_none() {
            if self.paints_without > 0 {
                self.paints_without -= 1;
                return None;
            }
            self.webgl = WebGlImages::new();
            self.paints_without = PAINTS_WITHOUT;
        }
        let webgl = self.webgl.as_mut()?;
        let canvas = webgl.paint(quad)?;
        self.paints_without = 0;
        let size = [quad.columns.len(), quad.rows.len()].map(|n| n as f64);
        // The first row of pixels lies at the lower side of a WebGL canvas.
        let top = f64::from(canvas.height()) - size[1];
        copy(canvas, [0.0, top], size, onto, quad.rect)
    }

    fn paint_by_pixels(&mut self, onto: &CanvasRenderingContext2d, quad: &ImageQuad) -> Option<()> {
        let [width, height] = [quad.columns.len() as u32, quad.rows.len() as u32];
        pixels(quad, &mut self.scratch);
        let bytes = Clamped(self.scratch.as_slice());
        let data = ImageData::new_with_u8_clamped_array_and_sh(bytes, width, height).ok()?;
        if self.pixels.is_none() {
            self.pixels = Pixels::new();
        }
        let Pixels { canvas, context } = self.pixels.as_ref()?;
        // Only ever larger: a change of size throws the pixels away.
        if canvas.width() < width {
            canvas.set_width(width);
        }
        if canvas.height() < height {
            canvas.set_height(height);
        }
        context.put_image_data(&data, 0.0, 0.0).ok()?;
        let size = [f64::from(width), f64::from(height)];
        copy(canvas, [0.0; 2], size, onto, quad.rect)
    }
}

/// A canvas that is not on the page.
pub(super) fn new_canvas() -> Option<HtmlCanvasElement> {
    window()?
        .document()?
        .create_element("canvas")
        .ok()?
        .dyn_into()
        .ok()
}

fn copy(
    from: &HtmlCanvasElement,
    [left, top]: [f64; 2],
    [width, height]: [f64; 2],
    onto: &CanvasRenderingContext2d,
    to: Rect,
) -> Option<()> {
    onto.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        from, left, top, width, height, to.left, to.top, to.width, to.height,
    )
    .ok()
}
