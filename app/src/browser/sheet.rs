//! The canvas of one figure: its room on the screen, and painting on it.

use std::cell::{Cell, RefCell};

use shared::plot::{Panel, Rect};
use shared::time::TimeNs;
use shared::version::Revision;
use web_sys::{HtmlCanvasElement, HtmlElement, window};

use super::canvas2d::Canvas;
use super::clock;
use super::colour_scheme;
use super::image_painter::ImagePainter;
use super::resize::DeviceSize;
use crate::present::{Room, Scene, Theme};

/// A canvas that figures are painted on. It is told its room: browsers take long to answer while they paint.
pub(crate) struct Sheet {
    element: HtmlCanvasElement,
    canvas: Canvas,
    size: Cell<Option<DeviceSize>>,
    text_px: Cell<f64>,
    panel: Cell<Panel>,
}

thread_local! {
    // Browsers allow few graphics contexts: all figures of the page share one.
    static IMAGES: RefCell<ImagePainter> = RefCell::default();
}

/// Does something with the painter of the page's images.
pub(super) fn with_images<R>(act: impl FnOnce(&mut ImagePainter) -> R) -> R {
    IMAGES.with_borrow_mut(act)
}

impl Sheet {
    /// The canvas of an element; none where the browser cannot draw.
    pub(crate) fn of(element: HtmlCanvasElement) -> Option<Self> {
        let canvas = Canvas::of(element.clone())?;
        Some(Self {
            element,
            canvas,
            size: Cell::new(None),
            text_px: Cell::new(DEFAULT_TEXT_PX),
            panel: Cell::new(Panel::Light),
        })
    }

    /// The canvas.
    pub(crate) fn element(&self) -> &HtmlCanvasElement {
        &self.element
    }

    /// The canvas has so much room now. The page's text grows with the screen.
    pub(crate) fn set_size(&self, size: DeviceSize) {
        self.size.set(Some(size));
        self.text_px.set(page_text_px().unwrap_or(DEFAULT_TEXT_PX));
    }

    /// The canvas stands on such a panel now.
    pub(crate) fn set_panel(&self, panel: Panel) {
        self.panel.set(panel);
    }

    /// The room that the canvas has, for a reader whose clock shows `now`; none while it is not shown.
    pub(crate) fn room(&self, now: TimeNs) -> Option<Room> {
        let size = self.size.get()?;
        let utc_offset_s = clock::utc_offset_s(now);
        size.size_px
            .iter()
            .all(|length| *length >= 1.0)
            .then(|| Room {
                size_px: size.size_px,
                device_pixel_ratio: size.device_pixel_ratio,
                text_px: self.text_px.get(),
                theme: Theme::of(self.panel.get()),
                utc_offset_s,
                zone: clock::zone_name(utc_offset_s).to_string(),
            })
    }

    /// Replaces what the canvas shows, and says up to which frame version and which data time it is.
    pub(crate) fn paint(&self, scene: &Scene, version: Revision, until: Option<TimeNs>) {
        with_images(|images| self.canvas.paint(scene, images));
        // The version last: whoever waits for it finds the rest in place.
        let until = until.map_or_else(String::new, |it| it.0.to_string());
        self.element.set_attribute("data-until", &until).ok();
        let version = version.to_string();
        self.element.set_attribute("data-version", &version).ok();
    }
}

/// What a room of the page is like for a reader whose clock shows `now`; it has no size.
pub(crate) fn page_room(now: TimeNs) -> Room {
    let utc_offset_s = clock::utc_offset_s(now);
    Room {
        size_px: [0.0; 2],
        device_pixel_ratio: window().map_or(1.0, |it| it.device_pixel_ratio()),
        text_px: page_text_px().unwrap_or(DEFAULT_TEXT_PX),
        theme: Theme::of(colour_scheme::panel()),
        utc_offset_s,
        zone: clock::zone_name(utc_offset_s).to_string(),
    }
}

/// Moves an element to a place of the box that holds it, in CSS pixels.
pub(crate) fn move_to(element: &HtmlElement, [x, y]: [f64; 2]) {
    let transform = format!("translate({x}px, {y}px)");
    element.style().set_property("transform", &transform).ok();
}

/// Lays an element over a rectangle of the box that holds it, in CSS pixels.
pub(crate) fn cover(element: &HtmlElement, rect: Rect) {
    move_to(element, [rect.left, rect.top]);
    let style = element.style();
    for (name, px) in [("width", rect.width), ("height", rect.height)] {
        style.set_property(name, &format!("{px}px")).ok();
    }
}

/// Moves a box that hangs by its upper right corner so far that its left and its lower side are on the screen, too;
/// what is too high for that keeps its upper side there.
pub(crate) fn keep_in_sight(element: &HtmlElement) {
    const MARGIN_PX: f64 = 8.0;
    let style = element.style();
    style.remove_property("translate").ok();
    let place = element.get_bounding_client_rect();
    let to_the_right = (MARGIN_PX - place.left()).max(0.0);
    let beyond = place.bottom() + MARGIN_PX - window_height_px().unwrap_or(f64::INFINITY);
    let upward = beyond.min(place.top() - MARGIN_PX).max(0.0);
    if to_the_right > 0.0 || upward > 0.0 {
        let moved = format!("{to_the_right}px {}px", -upward);
        style.set_property("translate", &moved).ok();
    }
}

fn window_height_px() -> Option<f64> {
    window()?.inner_height().ok()?.as_f64()
}

/// The size of text where the browser does not tell.
const DEFAULT_TEXT_PX: f64 = 15.0;

fn page_text_px() -> Option<f64> {
    let window = window()?;
    let root = window.document()?.document_element()?;
    let style = window.get_computed_style(&root).ok()??;
    let size = style.get_property_value("font-size").ok()?;
    size.strip_suffix("px")?.parse().ok()
}
