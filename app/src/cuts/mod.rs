//! Cuts: the lines along which profiles go through images. Every image shows those through it; while plots are arranged
//! they can be taken hold of.

mod hand;
mod keys;
mod label;

use std::rc::Rc;

use leptos::prelude::*;
use shared::id::{CellId, LayerId};
use shared::plot::Dash;
use shared::plot::frame::{FrameBody, Image};
use shared::plot::params::CutParams;
use shared::topology::{JsonText, Layer};

use self::hand::Held;
pub(crate) use self::hand::cut_hand;
pub(crate) use self::keys::CutPart;
use self::label::Labels;
use crate::arrange::Workspace;
use crate::live::Live;
use crate::present::{Draw, Hand, Scene, Theme};
use crate::readers::shed;
use crate::regions::{Regions, key_step};

/// Makes the hand that moves the cuts on a cell. What moves them comes with the tools for arranging.
pub(crate) type HandMaker = fn(Cuts, Live, CellId) -> Rc<dyn Hand>;

/// A line through an image.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cut {
    /// The layer that shows the profile.
    pub(crate) layer: LayerId,
    /// What that is called.
    pub(crate) title: String,
    /// Its ends, each `[x, y]` in the units of its image.
    pub(crate) ends: [[f64; 2]; 2],
    /// One unit of its image in those of the cell's axes, x and y.
    scale: [f64; 2],
}

/// Where a cut is on a figure, for what lies over that.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CutPlace {
    /// The cut.
    pub(crate) cut: Cut,
    /// Its ends on the figure, in CSS pixels; inside of the frame.
    pub(crate) ends_px: [[f64; 2]; 2],
    /// How far a key moves it along each axis.
    pub(crate) steps: [f64; 2],
}

/// What this page does with cuts; cheap to copy, shared by context.
#[derive(Clone, Copy)]
pub(crate) struct Cuts {
    workspace: StoredValue<Workspace>,
    /// Cuts are shown where regions are.
    regions: StoredValue<Regions>,
    /// What a pointer holds.
    held: RwSignal<Option<Held>>,
    /// What keys have moved and not kept yet: as it is, and as it was.
    keyed: RwSignal<Option<(Cut, Cut)>>,
    /// What makes the hand that moves cuts; none before somebody arranged plots.
    maker: StoredValue<Option<HandMaker>>,
    /// A cut as this page's hands left it, until the server has answered.
    left: RwSignal<Option<Cut>>,
}

impl Cuts {
    /// Nobody holds any.
    pub(crate) fn new(workspace: Workspace, regions: Regions) -> Self {
        Self {
            workspace: StoredValue::new(workspace),
            regions: StoredValue::new(regions),
            held: RwSignal::new(None),
            keyed: RwSignal::new(None),
            maker: StoredValue::new(None),
            left: RwSignal::new(None),
        }
    }

    /// What moves cuts on a cell; none while nobody arranges plots.
    pub(crate) fn hand(self, live: &Live, cell: CellId) -> Option<Rc<dyn Hand>> {
        let maker = self
            .maker
            .get_value()
            .filter(|_| self.is_arranged().get_untracked());
        maker.map(|make| make(self, live.clone(), cell))
    }

    /// Has all signals forget readers that are gone; see [`crate::readers`].
    pub(crate) fn shed_readers(self) {
        shed(&self.held);
        shed(&self.keyed);
        shed(&self.left);
    }

    /// From now on hands are made so.
    pub(crate) fn set_maker(self, maker: HandMaker) {
        self.maker.set_value(Some(maker));
    }

    fn is_arranged(self) -> RwSignal<bool> {
        self.workspace.with_value(|it| it.is_editing)
    }

    /// Tracks everything that cuts look like on a cell.
    pub(crate) fn track(self, live: &Live, cell: &CellId) {
        if !self.on_cell(live, cell).is_empty() {
            self.is_arranged().track();
        }
    }

    /// The cuts through the images of a cell as they are drawn now. Tracks all that.
    pub(crate) fn on_cell(self, live: &Live, cell: &CellId) -> Vec<Cut> {
        let regions = self.regions.get_value();
        if !regions.are_shown.get() {
            return Vec::new();
        }
        let jobs = regions.jobs_on(live, cell).into_iter();
        let profiles = jobs.flat_map(|job| live.profiles_of.signal(&job).get().unwrap_or_default());
        let workspace = self.workspace.get_value();
        let layer = |id: LayerId| {
            let shared = live.layers.signal(&id).get()?;
            Some(workspace.layer_ahead(live, id).unwrap_or(shared))
        };
        let layers: Vec<Layer> = profiles.filter_map(layer).collect();
        if layers.is_empty() {
            return Vec::new();
        }
        let units = regions.units_of(live, cell);
        let cut = |layer: &Layer| {
            let cut = with_image(live, cell, |image| {
                let [x, y] = units.as_ref()?;
                let scale = [image.x.unit.factor_to(x)?, image.y.unit.factor_to(y)?];
                let ends = params_of(layer).ends_in([&image.x, &image.y]);
                Some(Cut {
                    layer: layer.id,
                    title: title_on(live, cell, layer),
                    ends,
                    scale,
                })
            });
            cut.flatten().map(|it| self.as_left(it))
        };
        layers.iter().filter_map(cut).collect()
    }

    /// A cut as this page's hands have it, or left it.
    fn as_left(self, cut: Cut) -> Cut {
        let held = self.held.with(|it| it.as_ref().map(|it| it.cut.clone()));
        let keyed = self.keyed.get().map(|(cut, _)| cut);
        let mut own = held.into_iter().chain(keyed).chain(self.left.get());
        own.find(|it| it.layer == cut.layer).unwrap_or(cut)
    }

    /// What is drawn over a figure for its cuts: each in a colour of its own, with what it is called.
    pub(crate) fn marks(
        self,
        live: &Live,
        cell: &CellId,
        scene: &Scene,
        theme: Theme,
    ) -> Vec<Draw> {
        let cuts = untrack(|| self.on_cell(live, cell));
        if cuts.is_empty() {
            return Vec::new();
        }
        let mut marks = vec![Draw::Clip(scene.layout.frame)];
        let lines: Vec<_> = cuts.iter().map(|it| it.ends_px(scene)).collect();
        let mut labels = Labels::new(scene.layout.frame, theme, lines.clone());
        for (i, (cut, ends)) in cuts.iter().zip(lines).enumerate() {
            let colour = theme.series(i);
            let line = |width_px, dash, colour| Draw::Line {
                points: ends.to_vec(),
                width_px,
                dash,
                colour,
            };
            marks.push(line(4.0, Dash::Solid, theme.background.faded(0.75)));
            marks.push(line(2.0, Dash::Dashed, colour));
            labels.add(&cut.title, ends, colour);
        }
        marks.extend(labels.draws());
        marks.push(Draw::Unclip);
        marks
    }

    /// Where the cuts are on a figure.
    pub(crate) fn places(self, live: &Live, cell: &CellId, scene: &Scene) -> Vec<CutPlace> {
        let cuts = untrack(|| self.on_cell(live, cell));
        let Some([x, y]) = untrack(|| self.regions.get_value().units_of(live, cell)) else {
            return Vec::new();
        };
        let frame = scene.layout.frame;
        let inside = |[x, y]: [f64; 2]| {
            [
                x.clamp(frame.left, frame.right()),
                y.clamp(frame.top, frame.bottom()),
            ]
        };
        let steps = [key_step(&scene.x, &x), key_step(&scene.y, &y)];
        let place = |cut: Cut| CutPlace {
            ends_px: cut.ends_px(scene).map(inside),
            cut,
            steps,
        };
        cuts.into_iter().map(place).collect()
    }
}

impl Cut {
    /// Its ends in the units of the cell's axes.
    pub(crate) fn ends_on_axes(&self) -> [[f64; 2]; 2] {
        let [by_x, by_y] = self.scale;
        self.ends.map(|[x, y]| [x * by_x, y * by_y])
    }

    /// The same with its ends at other places on the cell's axes.
    fn with_ends_on_axes(self, ends: [[f64; 2]; 2]) -> Self {
        let [by_x, by_y] = self.scale;
        let ends = ends.map(|[x, y]| [x / by_x, y / by_y]);
        Self { ends, ..self }
    }

    fn ends_px(&self, scene: &Scene) -> [[f64; 2]; 2] {
        let px = |[x, y]: [f64; 2]| [scene.x.px_from_data(x), scene.y.px_from_data(y)];
        self.ends_on_axes().map(px)
    }
}

/// What a profile is called beside its line; one of another grid says of which. Tracks all that.
fn title_on(live: &Live, cell: &CellId, layer: &Layer) -> String {
    let grid_of = |cell: &CellId| {
        let cell = live.cells.signal(cell);
        cell.with(|it| it.as_ref().map(|it| it.grid))
    };
    let its = grid_of(&layer.cell).filter(|it| Some(*it) != grid_of(cell));
    let its = its.and_then(|it| {
        live.grids
            .signal(&it)
            .with(|it| Some(it.as_ref()?.title.clone()))
    });
    match its {
        Some(grid) => format!("{grid}: {}", layer.title),
        None => layer.title.clone(),
    }
}

/// Reads the uppermost image of a cell. Tracks its layers, and whether their pictures are there.
fn with_image<R>(live: &Live, cell: &CellId, read: impl Fn(&Image) -> R) -> Option<R> {
    let frames = live.frames_in(cell).into_iter().rev();
    let mut read = frames.map(|(layer, _)| {
        let image = live.pictures.with_frame(layer, |it| match &it.frame.body {
            FrameBody::Image(image) => Some(read(image)),
            _ => None,
        });
        image.flatten()
    });
    read.find_map(|it| it)
}

/// The name of the parameters of a cut among those of a profile.
const GROUP: &str = "cut";

fn params_of(layer: &Layer) -> CutParams {
    let params = layer.config.params.object().get(GROUP).cloned();
    let params = params.and_then(|it| serde_json::from_value(it).ok());
    params.unwrap_or_default()
}

/// The parameters of a profile with another cut.
fn with_ends(params: &JsonText, [from, to]: [[f64; 2]; 2]) -> JsonText {
    let mut params = params.object().clone();
    let group = params.entry(GROUP).or_insert_with(|| serde_json::json!({}));
    if let Some(group) = group.as_object_mut() {
        let places = [
            ("from_x", from[0]),
            ("from_y", from[1]),
            ("to_x", to[0]),
            ("to_y", to[1]),
        ];
        for (name, place) in places {
            group.insert(name.to_owned(), place.into());
        }
    }
    JsonText::new(params)
}
