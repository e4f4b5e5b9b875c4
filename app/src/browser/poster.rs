//! Posters as files of pictures.

use shared::plot::Rect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d};

use super::canvas2d::{Canvas, font_family};
use super::image_painter::new_canvas;
use super::sheet::with_images;
use crate::present::{ImageQuad, Poster, svg};

/// Paints a poster and hands it to `done` as a PNG; none where the browser cannot make one.
pub(crate) fn png(poster: &Poster, done: impl FnOnce(Option<Blob>) + 'static) {
    let element = new_canvas();
    let Some((element, canvas)) = element.and_then(|it| Some((it.clone(), Canvas::of(it)?))) else {
        return done(None);
    };
    with_images(|images| canvas.paint_poster(poster, images));
    let done = Closure::once_into_js(move |blob: JsValue| done(blob.dyn_into().ok()));
    // The browser calls back once, whatever comes of it.
    element.to_blob(done.unchecked_ref()).ok();
}

/// A poster as an SVG document, which holds its images as PNG.
pub(crate) fn svg_text(poster: &Poster) -> String {
    let family = font_family().unwrap_or_default();
    svg(poster, &format!("{family}, sans-serif"), address_of)
}

/// An image as an address that holds all of it.
fn address_of(quad: &ImageQuad) -> Option<String> {
    let canvas = new_canvas()?;
    let [width, height] = [quad.columns.len(), quad.rows.len()];
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let whole = ImageQuad {
        rect: Rect {
            left: 0.0,
            top: 0.0,
            width: width as f64,
            height: height as f64,
        },
        ..quad.clone()
    };
    with_images(|images| images.paint(&context, &whole));
    canvas.to_data_url().ok()
}
