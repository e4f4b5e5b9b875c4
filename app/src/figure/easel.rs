//! The easel on which a cell's figure is drawn: gathers what there is to draw, and remembers what was drawn.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use leptos::html::Span;
use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::frame::FrameBody;
use shared::plot::params::AxesParams;
use shared::plot::{AxisView, Panel, Rect, View};
use shared::region::Region;
use shared::topology::Layer;

use super::links::AXES;
use super::{Axis, FigureHandle, Links};
use crate::browser::sheet::{Sheet, cover};
use crate::cuts::{CutPlace, Cuts};
use crate::live::Live;
use crate::present::{
    self, Caption, Gesture, Hand, LayerPicture, Meanings, Poster, Readout, Room, Scene, Theme,
};
use crate::regions::{self, Regions};

/// One cell's figure with the canvas that it is painted on; cheap to clone.
#[derive(Clone)]
pub(crate) struct Easel(Rc<Inner>);

pub(super) struct Inner {
    cell: CellId,
    live: Live,
    figure: FigureHandle,
    links: Links,
    around: Around,
    /// What those who are linked with it know of its axes.
    told: RefCell<Option<([AxisView; 2], Meanings)>>,
    sheet: Rc<Sheet>,
    painted: RefCell<Option<Painted>>,
    /// Where the cursor is over the figure.
    cursor: Cell<Option<[f64; 2]>>,
    /// What was shown before the hand that is on the figure did anything.
    kept_view: Cell<Option<View>>,
}

/// What stands around and over the canvas.
#[derive(Clone, Copy)]
pub(crate) struct Around {
    /// The lines that show where a linked figure's cursor is: upright, level.
    pub(crate) cross: [NodeRef<Span>; 2],
    /// Receives the largest value in sight, as text.
    pub(crate) peak: RwSignal<String>,
    /// The regions on images.
    pub(crate) regions: Regions,
    /// The cuts through them.
    pub(crate) cuts: Cuts,
    /// Receives where these are.
    pub(crate) cut_places: RwSignal<Vec<CutPlace>>,
}

/// What is on the canvas.
struct Painted {
    scene: Scene,
    room: Room,
}

impl Easel {
    /// An easel that paints on a canvas.
    pub(crate) fn new(
        cell: CellId,
        sheet: Rc<Sheet>,
        live: Live,
        figure: FigureHandle,
        links: Links,
        around: &Around,
    ) -> Self {
        Self(Rc::new(Inner {
            cell,
            live,
            figure,
            links,
            around: *around,
            told: RefCell::default(),
            sheet,
            painted: RefCell::default(),
            cursor: Cell::default(),
            kept_view: Cell::default(),
        }))
    }

    /// Paints the newest of everything. Called from the page's animation frame alone.
    pub(crate) fn paint(&self) {
        let sheet = &self.0.sheet;
        let Some(room) = sheet.room(self.0.live.now.get_untracked()) else {
            return;
        };
        let pictures = self.pictures_with_regions();
        let layers = untrack(|| self.0.live.shown_in(&self.0.cell));
        let asked = AxesParams::of_layers(layers.iter().map(|it| &it.config));
        let mut scene = self.0.figure.with(|it| {
            it.asked = asked;
            it.scene(&room, &pictures)
        });
        let cuts = self.0.around.cuts;
        let lines = cuts.marks(&self.0.live, &self.0.cell, &scene, room.theme);
        scene.over.extend(lines);
        if let Some(hand) = self.hand() {
            let handles = hand.handles(&scene);
            let corners = self.0.around.regions.corners.get_untracked();
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
        let peak = scene.peak.as_ref().map_or_else(String::new, Readout::text);
        *self.0.painted.borrow_mut() = Some(Painted { scene, room });
        if self.0.around.peak.with_untracked(|held| *held != peak) {
            self.0.around.peak.set(peak);
        }
        self.tell_axes();
        self.tell_cuts();
        self.0.figure.handle_painted();
    }

    /// Tells what lies over the cuts where they are.
    fn tell_cuts(&self) {
        let Inner {
            live, cell, around, ..
        } = &*self.0;
        let places = self.with_scene(|scene| around.cuts.places(live, cell, scene));
        let places = places.unwrap_or_default();
        if around.cut_places.with_untracked(|held| *held != places) {
            around.cut_places.set(places);
        }
    }

    /// Tells linked figures what was chosen to be seen since they were told last. Where live data move an axis that
    /// follows them, the others follow their own.
    fn tell_axes(&self) {
        let now = self.0.figure.with(|it| {
            let view = &it.presentation.view;
            (AXES.map(|axis| *axis.of(view)), it.meanings().clone())
        });
        let Some((views, meanings)) = self.0.told.replace(Some(now.clone())) else {
            return self.0.links.note_axes();
        };
        if meanings != now.1 {
            self.0.links.note_axes();
        }
        for (axis, (before, now)) in AXES.into_iter().zip(views.into_iter().zip(now.0)) {
            let is_held_elsewhere = !now.follows() && now.range() != before.range();
            if now.follows() != before.follows() || is_held_elsewhere {
                self.0.links.tell_view(self, axis, now);
            }
        }
    }

    /// Shows what a linked figure shows along an axis.
    pub(super) fn take_view(&self, axis: Axis, theirs: AxisView) {
        self.0.figure.choose(|it| {
            let own = axis.of_mut(&mut it.view);
            if theirs.follows() {
                own.restart();
            } else {
                own.show(theirs.range());
            }
        });
        // Whoever told it need not be told.
        let views = self
            .0
            .figure
            .with(|it| AXES.map(|axis| *axis.of(&it.presentation.view)));
        if let Some((told, _)) = &mut *self.0.told.borrow_mut() {
            *told = views;
        }
    }

    /// Shows lines at values of its axes, or none.
    pub(super) fn show_cross(&self, values: [Option<f64>; 2]) {
        let painted = self.0.painted.borrow();
        let frame = painted.as_ref().map(|it| it.scene.layout.frame);
        for (i, value) in values.into_iter().enumerate() {
            let Some(element) = self.0.around.cross[i].get_untracked() else {
                continue;
            };
            let line = painted
                .as_ref()
                .zip(frame)
                .zip(value)
                .and_then(|((it, frame), value)| {
                    let px = [&it.scene.x, &it.scene.y][i].px_from_data(value);
                    line_at(frame, i, px)
                });
            element.set_hidden(line.is_none());
            if let Some(line) = line {
                cover(&element, line);
            }
        }
    }

    /// What is painted, to be kept, on white or on the panel of the page.
    pub(super) fn poster(&self, caption: &Caption, is_white: bool) -> Option<Poster> {
        let mut room = self.0.painted.borrow().as_ref()?.room.clone();
        if is_white {
            room.theme = Theme::of(Panel::Light);
        }
        let pictures = self.pictures_with_regions();
        if pictures.is_empty() {
            return None;
        }
        let mut poster = self
            .0
            .figure
            .with(|it| it.poster(&room, &pictures, caption));
        let cuts = self.0.around.cuts;
        let lines = cuts.marks(&self.0.live, &self.0.cell, &poster.scene, room.theme);
        poster.scene.over.extend(lines);
        Some(poster)
    }

    /// Which cell's figure it is.
    pub(super) fn cell(&self) -> CellId {
        self.0.cell
    }

    /// What its axes mean.
    pub(super) fn meanings(&self) -> Meanings {
        self.0.figure.with(|it| it.meanings().clone())
    }

    pub(super) fn downgrade(&self) -> Weak<Inner> {
        Rc::downgrade(&self.0)
    }

    pub(super) fn upgrade(weak: &Weak<Inner>) -> Option<Self> {
        weak.upgrade().map(Self)
    }

    /// Does what a hand does to what is painted. Nothing is painted before the next animation frame.
    pub(crate) fn apply(&self, gesture: Gesture) {
        if let Some(painted) = &*self.0.painted.borrow() {
            self.0.figure.apply(&painted.scene, gesture);
        }
    }

    /// Keeps what is shown, in case that what a hand is about to do turns out to mean something else.
    pub(crate) fn keep_view(&self) {
        let view = self.0.figure.with(|it| it.presentation.view);
        self.0.kept_view.set(Some(view));
    }

    /// Shows what was kept.
    pub(crate) fn take_back_view(&self) {
        if let Some(view) = self.0.kept_view.take() {
            self.0.figure.choose(|it| it.view = view);
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
        let values = at.and_then(|at| {
            let values = |it: &Scene| {
                let is_inside = it.has_axes && it.layout.frame.contains(at);
                is_inside.then(|| [it.x.data_from_px(at[0]), it.y.data_from_px(at[1])])
            };
            self.with_scene(values).flatten()
        });
        self.0.links.tell_cursor(self, values);
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

    /// What edits regions on this figure, or moves cuts; none while nobody does.
    pub(crate) fn hand(&self) -> Option<Rc<dyn Hand>> {
        let Inner {
            live, cell, around, ..
        } = &*self.0;
        let of_regions = around.regions.hand(*cell);
        of_regions.or_else(|| around.cuts.hand(live, *cell))
    }

    /// The regions to be drawn over pictures, if one of them is an image.
    fn regions(&self, pictures: &[LayerPicture]) -> Vec<Region> {
        let is_image =
            |it: &LayerPicture| matches!(it.frame.body, FrameBody::Image(_) | FrameBody::Volume(_));
        let Inner {
            live, cell, around, ..
        } = &*self.0;
        let regions = around.regions;
        if !regions.are_shown.get_untracked() || !pictures.iter().any(is_image) {
            return Vec::new();
        }
        let on_cell = untrack(|| regions.on_cell(live, cell));
        // What does not convert has no place on these axes.
        let units = untrack(|| regions.units_of(live, cell));
        let fits = |it: &Region| units.as_ref() == Some(&it.units);
        on_cell.into_iter().filter(fits).collect()
    }

    /// What there is to draw, and the regions over it.
    fn pictures_with_regions(&self) -> Vec<LayerPicture> {
        let mut pictures = self.pictures();
        let regions = self.regions(&pictures);
        if !regions.is_empty() {
            let selected = self.0.around.regions.selected.get_untracked();
            pictures.push(regions::picture(&regions, selected));
        }
        pictures
    }

    /// What there is to draw, the lowest layer first.
    fn pictures(&self) -> Vec<LayerPicture> {
        let live = &self.0.live;
        let layers = untrack(|| live.shown_in(&self.0.cell));
        let cut = self.0.figure.with(|it| it.presentation.cut);
        let (units, clashes) = untrack(|| live.units_of(&self.0.cell, cut));
        let picture = |layer: Layer| {
            live.pictures.with_frame(layer.id, |it| {
                let picture = LayerPicture::of(layer.id, &layer.config, it);
                LayerPicture {
                    frame: picture
                        .frame
                        .in_units(&units, picture.bars, cut)
                        .into_owned(),
                    ..picture
                }
            })
        };
        let is_drawn = |layer: &Layer| clashes.iter().all(|(id, _)| *id != layer.id);
        layers
            .into_iter()
            .filter(is_drawn)
            .filter_map(picture)
            .collect()
    }
}

/// The line across a frame at a pixel of its horizontal (0) or vertical (1) axis, if it is inside.
fn line_at(frame: Rect, axis: usize, px: f64) -> Option<Rect> {
    let line = if axis == 0 {
        Rect {
            left: px - 0.5,
            width: 1.0,
            ..frame
        }
    } else {
        Rect {
            top: px - 0.5,
            height: 1.0,
            ..frame
        }
    };
    let at = [line.left + line.width / 2.0, line.top + line.height / 2.0];
    frame.contains(at).then_some(line)
}
