//! The canvas of one figure: its room on the screen, and painting on it.

use std::cell::RefCell;

use shared::plot::Panel;
use shared::time::TimeNs;
use shared::version::Revision;
use web_sys::{HtmlCanvasElement, HtmlElement, window};

use super::canvas2d::Canvas;
use super::image_painter::ImagePainter;
use super::{clock, colour_scheme};
use crate::present::{Room, Scene, Theme};

/// A canvas that figures are painted on.
pub(crate) struct Sheet {
    element: HtmlCanvasElement,
    canvas: Canvas,
}

thread_local! {
    // Browsers allow few graphics contexts: all figures of the page share one.
    static IMAGES: RefCell<ImagePainter> = RefCell::default();
}

impl Sheet {
    /// The canvas of an element; none where the browser cannot draw.
    pub(crate) fn of(element: HtmlCanvasElement) -> Option<Self> {
        let canvas = Canvas::of(element.clone())?;
        Some(Self { element, canvas })
    }

    /// The room that the canvas has now, for a reader whose clock shows `now`; none while it is not shown.
    pub(crate) fn room(&self, now: TimeNs) -> Option<Room> {
        let bounds = self.element.get_bounding_client_rect();
        let size_px = [bounds.width(), bounds.height()];
        let panel = if colour_scheme::is_dark() {
            Panel::Dark
        } else {
            Panel::Light
        };
        size_px.iter().all(|length| *length >= 1.0).then(|| Room {
            size_px,
            device_pixel_ratio: window().map_or(1.0, |it| it.device_pixel_ratio()),
            theme: Theme::of(panel),
            utc_offset_s,
            zone: clock::zone_name(utc_offset_s).to_string(),
        })
    }

    /// Replaces what the canvas shows, and says up to which frame version and which data time it is.
    pub(crate) fn paint(&self, scene: &Scene, version: Revision, until: Option<TimeNs>) {
        IMAGES.with_borrow_mut(|images| self.canvas.paint(scene, images));
        // The version last: whoever waits for it finds the rest in place.
        let until = until.map_or_else(String::new, |it| it.0.to_string());
        self.element.set_attribute("data-until", &until).ok();
        let version = version.to_string();
        self.element.set_attribute("data-version", &version).ok();
    }
}

/// Moves an element to a place of the box that holds it, in CSS pixels.
pub(crate) fn move_to(element: &HtmlElement, [x, y]: [f64; 2]) {
    let transform = format!("translate({x}px, {y}px)");
    element.style().set_property("transform", &transform).ok();
}
