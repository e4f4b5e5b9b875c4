//! A layer as it would look, among those that are there: what the form of a plot shows while it is filled in.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{CellId, LayerId};
use shared::plot::frame::Frame;
use shared::plot::params::AxesParams;
use shared::plot::{AxisUnits, UnitClash};
use shared::sync::mirror::LayerFrame;
use shared::topology::{Layer, LayerConfig};
use shared::version::{Epoch, Revision, Stamp};

use super::Choices;
use crate::browser::sheet::Sheet;
use crate::live::Live;
use crate::present::{Figure, LayerPicture, Presentation};

/// A figure of a layer that is only tried.
pub(crate) struct Study {
    live: Live,
    /// The cell among whose layers it would be; none in a cell of its own.
    cell: Option<CellId>,
    /// The layer in whose place it would be; none above them all.
    replaces: Option<LayerId>,
    /// The layer's own, so that its values are not taken for those of another.
    layer: LayerId,
    /// The version of what is tried first.
    first: Stamp,
    figure: RefCell<Figure>,
    tried: RefCell<Option<Tried>>,
}

/// What is tried.
struct Tried {
    config: LayerConfig,
    picture: LayerFrame,
    /// Whether it would be alone in its cell.
    is_alone: bool,
}

impl Study {
    /// Nothing is tried yet. What was chosen of the cell's figure holds here too, but the ranges: all data are shown.
    pub(crate) fn new(live: Live, choices: &Choices, place: Place) -> Self {
        let chosen = match place.cell {
            Some(cell) => choices.figure(cell).with(|it| it.presentation.clone()),
            None => Presentation::with_log_colours(),
        };
        let mut figure = Figure::new(chosen);
        figure.fit();
        Self {
            live,
            cell: place.cell,
            replaces: place.replaces,
            layer: LayerId::derived("tried"),
            first: Stamp {
                epoch: Epoch::random(),
                revision: Revision(1),
            },
            figure: RefCell::new(figure),
            tried: RefCell::default(),
        }
    }

    /// Tries something else, or the same with newer data.
    pub(crate) fn try_out(&self, config: LayerConfig, frame: Arc<Frame>, is_alone: bool) {
        let mut tried = self.tried.borrow_mut();
        let before = tried.as_ref().map(|it| it.picture.version.revision);
        if tried
            .as_ref()
            .is_none_or(|it| it.config.plotter != config.plotter)
        {
            self.figure.borrow_mut().fit();
        }
        *tried = Some(Tried {
            config,
            picture: LayerFrame {
                frame,
                version: Stamp {
                    revision: before.map_or(self.first.revision, Revision::next),
                    ..self.first
                },
                count: 1,
                skipped: 0,
                current: true,
            },
            is_alone,
        });
    }

    /// Why what is tried would not be drawn among the other layers; none where it would.
    pub(crate) fn clash(&self) -> Option<UnitClash> {
        let layers = self.layers();
        let (_, clashes) = self.sorted(&layers);
        let own = clashes.into_iter().find(|(id, _)| *id == self.layer);
        own.map(|(_, clash)| clash)
    }

    /// Paints the newest of everything.
    pub(crate) fn paint(&self, sheet: &Sheet) {
        let Some(room) = sheet.room(self.live.now.get_untracked()) else {
            return;
        };
        let layers = self.layers();
        let (pictures, _) = self.sorted(&layers);
        let mut figure = self.figure.borrow_mut();
        figure.asked = AxesParams::of_layers(layers.iter().map(|it| &it.config));
        let mut scene = figure.scene(&room, &pictures);
        drop(figure);
        let version = self
            .tried
            .borrow()
            .as_ref()
            .map(|it| it.picture.version.revision);
        sheet.paint(&scene, version.unwrap_or_default(), None);
        scene.release_images();
    }

    /// What is tried with what is there, the lowest layer first.
    fn layers(&self) -> Vec<Layer> {
        let tried = self.tried.borrow();
        let Some(tried) = &*tried else {
            return Vec::new();
        };
        let own = Layer {
            id: self.layer,
            cell: self.cell.unwrap_or_else(|| CellId::derived("tried")),
            order: 0,
            title: String::new(),
            config: tried.config.clone(),
            hidden: false,
        };
        let cell = self.cell.filter(|_| !tried.is_alone);
        let mut layers = cell.map_or_else(Vec::new, |cell| untrack(|| self.live.shown_in(&cell)));
        match layers.iter_mut().find(|it| Some(it.id) == self.replaces) {
            Some(replaced) => *replaced = own,
            None => layers.push(own),
        }
        layers
    }

    /// The pictures of layers in the units of the lower ones, and the layers that do not go together with those.
    fn sorted(&self, layers: &[Layer]) -> (Vec<LayerPicture>, Vec<(LayerId, UnitClash)>) {
        let tried = self.tried.borrow();
        let picture = |layer: &Layer| {
            let of = |it: &LayerFrame| LayerPicture::of(layer.id, &layer.config, it);
            match &*tried {
                Some(tried) if layer.id == self.layer => Some(of(&tried.picture)),
                _ => self.live.pictures.with_frame(layer.id, of),
            }
        };
        let mut pictures: Vec<LayerPicture> = layers.iter().filter_map(picture).collect();
        let mut units = AxisUnits::default();
        let mut clashes = Vec::new();
        let cut = self.figure.borrow().presentation.cut;
        pictures.retain(|it| {
            let joined = units.join(&AxisUnits::of(&it.frame, it.bars, cut));
            joined
                .map_err(|clash| clashes.push((it.layer, clash)))
                .is_ok()
        });
        for picture in &mut pictures {
            let converted = picture
                .frame
                .in_units(&units, picture.bars, cut)
                .into_owned();
            picture.frame = converted;
        }
        (pictures, clashes)
    }
}

/// Where a layer would be.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    /// Its cell; none for one of its own.
    pub(crate) cell: Option<CellId>,
    /// The layer that it would take the place of.
    pub(crate) replaces: Option<LayerId>,
}
