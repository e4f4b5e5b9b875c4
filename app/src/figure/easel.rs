//! The easel on which a cell's figure is drawn: gathers what there is to draw, and remembers what was drawn.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::frame::FrameBody;
use shared::plot::params::BarStyle;
use shared::plot::{CurveStyle, Panel};
use shared::region::Region;
use shared::topology::Layer;

use super::FigureHandle;
use crate::browser::resize::DeviceSize;
use crate::browser::sheet::Sheet;
use crate::live::Live;
use crate::present::{self, Gesture, LayerPicture, Readout, Room, Scene};
use crate::regions::{self, Hand, Regions};

/// One cell's figure with the canvas that it is painted on; cheap to clone.
#[derive(Clone)]
pub(crate) struct Easel(Rc<Inner>);

struct Inner {
    cell: CellId,
    live: Live,
    regions: Regions,
    figure: FigureHandle,
    sheet: RefCell<Option<Sheet>>,
    painted: RefCell<Option<Painted>>,
    /// Where the cursor is over the figure.
    cursor: Cell<Option<[f64; 2]>>,
}

/// What is on the canvas.
struct Painted {
    scene: Scene,
    room: Room,
}

impl Easel {
    /// An easel without a canvas.
    pub(crate) fn new(cell: CellId, live: Live, regions: Regions, figure: FigureHandle) -> Self {
        Self(Rc::new(Inner {
            cell,
            live,
            regions,
            figure,
            sheet: RefCell::default(),
            painted: RefCell::default(),
            cursor: Cell::default(),
        }))
    }

    /// Paints on this canvas from now on.
    pub(crate) fn set_sheet(&self, sheet: Option<Sheet>) {
        *self.0.sheet.borrow_mut() = sheet;
    }

    /// The canvas has so much room now.
    pub(crate) fn set_size(&self, size: DeviceSize) {
        if let Some(sheet) = &*self.0.sheet.borrow() {
            sheet.set_size(size);
        }
    }

    /// The canvas stands on such a panel now.
    pub(crate) fn set_panel(&self, panel: Panel) {
        if let Some(sheet) = &*self.0.sheet.borrow() {
            sheet.set_panel(panel);
        }
    }

    /// Paints the newest of everything. Called from the page's animation frame alone.
    pub(crate) fn paint(&self) {
        let sheet = self.0.sheet.borrow();
        let now = self.0.live.now.get_untracked();
        let Some((sheet, room)) = sheet.as_ref().and_then(|it| Some((it, it.room(now)?))) else {
            return;
        };
        let mut pictures = self.pictures();
        let regions = self.regions(&pictures);
        let selected = self.0.regions.selected.get_untracked();
        if !regions.is_empty() {
            pictures.push(regions::picture(&regions, selected));
        }
        let mut scene = self.0.figure.with(|it| it.scene(&room, &pictures));
        if let Some(hand) = self.hand() {
            let handles = hand.handles(&scene);
            let corners = self.0.regions.corners.get_untracked();
            let marks = regions::marks(&scene, handles, &corners, room.theme);
            scene.over.extend(marks);
        }
        let version = pictures.iter().map(|it| it.version.revision).max();
        let until = pictures
            .iter()
            .filter_map(|it| it.frame.time)
            .map(|it| it.end);
        sheet.paint(&scene, version.unwrap_or_default(), until.max());
        scene.release_images();
        *self.0.painted.borrow_mut() = Some(Painted { scene, room });
    }

    /// Does what a hand does to what is painted. Nothing is painted before the next animation frame.
    pub(crate) fn apply(&self, gesture: Gesture) {
        if let Some(painted) = &*self.0.painted.borrow() {
            self.0.figure.apply(&painted.scene, gesture);
        }
    }

    /// A click: on a line of the legend it shows or hides a curve.
    pub(crate) fn click(&self, at: [f64; 2]) {
        if let Some(painted) = &*self.0.painted.borrow()
            && let Some(series) = painted.scene.legend_at(at)
        {
            self.0.figure.choose(|it| it.toggle(series.clone()));
        }
    }

    /// Reads something of what is painted.
    pub(crate) fn with_scene<R>(&self, read: impl FnOnce(&Scene) -> R) -> Option<R> {
        self.0.painted.borrow().as_ref().map(|it| read(&it.scene))
    }

    /// True where a wheel or a double click means something.
    pub(crate) fn is_sensitive(&self, at: [f64; 2]) -> bool {
        let sensitive =
            |it: &Scene| it.region(at) != present::Region::Outside && it.legend_at(at).is_none();
        self.with_scene(sensitive).unwrap_or_default()
    }

    /// Where the cursor is.
    pub(crate) fn cursor(&self) -> Option<[f64; 2]> {
        self.0.cursor.get()
    }

    /// The cursor is there now, or nowhere.
    pub(crate) fn set_cursor(&self, at: Option<[f64; 2]>) {
        self.0.cursor.set(at);
    }

    /// What is under the cursor.
    pub(crate) fn readout(&self) -> Option<Readout> {
        let cursor = self.0.cursor.get()?;
        let painted = self.0.painted.borrow();
        let Painted { scene, room } = painted.as_ref()?;
        let pictures = self.pictures();
        self.0
            .figure
            .with(|it| it.readout(scene, room, &pictures, cursor))
    }

    /// What edits regions on this figure; none while nobody does.
    pub(crate) fn hand(&self) -> Option<Rc<dyn Hand>> {
        self.0.regions.hand(self.0.cell)
    }

    /// The regions to be drawn over pictures, if one of them is an image.
    fn regions(&self, pictures: &[LayerPicture]) -> Vec<Region> {
        let is_image = |it: &LayerPicture| matches!(it.frame.body, FrameBody::Image(_));
        let Inner {
            live,
            regions,
            cell,
            ..
        } = &*self.0;
        if !regions.are_shown.get_untracked() || !pictures.iter().any(is_image) {
            return Vec::new();
        }
        untrack(|| regions.on_cell(live, cell))
    }

    /// What there is to draw, the lowest layer first.
    fn pictures(&self) -> Vec<LayerPicture> {
        let live = &self.0.live;
        let layers = untrack(|| live.shown_in(&self.0.cell));
        let picture = |layer: Layer| {
            live.pictures.with_frame(layer.id, |it| LayerPicture {
                layer: layer.id,
                frame: Arc::clone(&it.frame),
                version: it.version,
                current: it.current,
                style: CurveStyle::of_params(&layer.config.params),
                bars: BarStyle::of_layer(&layer.config),
            })
        };
        layers.into_iter().filter_map(picture).collect()
    }
}
