//! Images on canvases: by the graphics processor where there is one, else pixel by pixel.

use std::mem;

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
    scratch_canvas: Option<HtmlCanvasElement>,
    scratch: Vec<u8>,
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
        let mut bytes = mem::take(&mut self.scratch);
        for pixel in bytes.as_chunks_mut::<4>().0 {
            pixel[3] = (f64::from(pixel[3]) * quad.opacity) as u8;
        }
        let data = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&bytes), width, height);
        self.scratch = bytes;
        if self.scratch_canvas.is_none() {
            self.scratch_canvas = new_canvas();
        }
        let canvas = self.scratch_canvas.as_ref()?;
        canvas.set_width(width);
        canvas.set_height(height);
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        context.put_image_data(&data.ok()?, 0.0, 0.0).ok()?;
        copy(
            canvas,
            [0.0; 2],
            [f64::from(width), f64::from(height)],
            onto,
            quad.rect,
        )
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
