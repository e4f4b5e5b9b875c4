//! Regions of interest on the page: drawn over every figure that shows their plane, and edited on one of them.
//!
//! What every page needs is here; what edits comes with the part that is loaded when somebody first edits regions.

mod desk;
mod editor;
mod numbers;
mod others;
mod overlay;
mod plane;
mod reading;
mod spectra;

use std::rc::Rc;

use leptos::prelude::*;
use shared::data::Unit;
use shared::id::{CellId, JobId, RegionId};
use shared::plot::{Cut, Projection, Rect};
use shared::region::Region;
use shared::topology::{DataRole, DataSource, Layer};

pub(crate) use desk::Desk;
pub(crate) use editor::Tool;
use editor::{Done, Editor};
pub(crate) use numbers::{NumberField, Wrong, fields, with_text};
pub(crate) use others::foreign_changes;
pub(crate) use overlay::{marks, picture};
pub(crate) use spectra::{plot_spectra, spectra_output};

use crate::figure::Choices;
use crate::live::Live;
use crate::present::Hand;
use crate::readers::shed;

/// What this page does with regions; cheap to copy, shared by context.
#[derive(Clone, Copy)]
pub(crate) struct Regions {
    /// Whether images show their regions.
    pub(crate) are_shown: RwSignal<bool>,
    /// The cell on whose image regions are edited.
    pub(crate) cell: RwSignal<Option<CellId>>,
    /// The region that keys and fields are about.
    pub(crate) selected: RwSignal<Option<RegionId>>,
    /// A region as this page's hands left it, until the server's answer to that is here.
    pub(crate) local: RwSignal<Option<Region>>,
    /// The corners of a polygon that is being drawn.
    pub(crate) corners: RwSignal<Vec<[f64; 2]>>,
    /// What edits regions; none while nobody does.
    hand: StoredValue<Option<Rc<dyn Hand>>, LocalStorage>,
    /// How the cells' volumes are cut.
    choices: StoredValue<Choices>,
}

impl Regions {
    /// Regions are shown, and nobody edits them.
    pub(crate) fn new(choices: Choices) -> Self {
        Self {
            are_shown: RwSignal::new(true),
            cell: RwSignal::new(None),
            selected: RwSignal::new(None),
            local: RwSignal::new(None),
            corners: RwSignal::default(),
            hand: StoredValue::new_local(None),
            choices: StoredValue::new(choices),
        }
    }

    /// Begins or ends editing on a cell.
    pub(crate) fn toggle(self, cell: CellId) {
        let is_on = self.cell.get_untracked() == Some(cell);
        self.selected.set(None);
        self.cell.set((!is_on).then_some(cell));
        self.are_shown.set(true);
    }

    /// Has all signals forget readers that are gone; see [`crate::readers`].
    pub(crate) fn shed_readers(self) {
        shed(&self.are_shown);
        shed(&self.cell);
        shed(&self.selected);
        shed(&self.local);
        shed(&self.corners);
    }

    /// From now on `hand` takes what is done to the figure; none gives it back.
    pub(crate) fn set_hand(self, hand: Option<Rc<dyn Hand>>) {
        self.hand.set_value(hand);
    }

    /// What edits regions on a cell.
    pub(crate) fn hand(self, cell: CellId) -> Option<Rc<dyn Hand>> {
        let is_here = self.cell.get_untracked() == Some(cell);
        self.hand.get_value().filter(|_| is_here)
    }

    /// Tracks everything that regions look like on a cell.
    pub(crate) fn track(self, live: &Live, cell: &CellId) {
        self.on_cell(live, cell);
        self.are_shown.track();
        if self.cell.get() == Some(*cell) {
            self.selected.track();
            self.corners.track();
        }
    }

    /// The regions on the images of a cell as they are drawn now, with what this page's hands have made of them, in the
    /// units of the cell's axes where they convert. Tracks all that.
    pub(crate) fn on_cell(self, live: &Live, cell: &CellId) -> Vec<Region> {
        let jobs = self.jobs_on(live, cell);
        let of_job = |job: &JobId| live.regions_of.signal(job).get().unwrap_or_default();
        let ids: Vec<RegionId> = jobs.iter().flat_map(of_job).collect();
        let units = (!ids.is_empty()).then(|| self.units_of(live, cell));
        let units = units.flatten();
        let in_cell = |region: Region| match &units {
            Some(units) => region.clone().in_units(units).unwrap_or(region),
            None => region,
        };
        let known = ids.iter().filter_map(|id| live.regions.signal(id).get());
        let mut regions: Vec<Region> = known.map(in_cell).collect();
        if let Some(local) = self.local.get().filter(|it| jobs.contains(&it.job())) {
            match regions.iter_mut().find(|it| it.id == local.id) {
                Some(known) => *known = local,
                None => regions.push(local),
            }
        }
        regions
    }

    /// The units of the axes of a cell's images. Tracks their pictures.
    pub(crate) fn units_of(self, live: &Live, cell: &CellId) -> Option<[Unit; 2]> {
        let [x, y, _] = live.units_of(cell, self.cut_of(*cell)).0.0;
        Some([x?, y?])
    }

    /// The layers of a cell that show the plane of the regions of their workflow. Tracks the layers, and how volumes are
    /// cut.
    pub(crate) fn layers_on(self, live: &Live, cell: &CellId) -> Vec<Layer> {
        let mut layers = live.layers_in(cell);
        if layers.is_empty() {
            return layers;
        }
        let cut = self.cut_of(*cell);
        layers.retain(|layer| {
            let shows = |data: &DataSource| {
                let workflow = live.workflows.signal(&data.workflow);
                workflow.with(|it| {
                    let it = it.as_ref();
                    it.is_some_and(|it| plane::is_of_regions(&layer.config, it, cut))
                })
            };
            let primary = layer.config.sources.get(&DataRole::Primary);
            primary.is_some_and(shows)
        });
        layers
    }

    /// The jobs whose regions a cell shows. Tracks what [`Self::layers_on`] does.
    pub(crate) fn jobs_on(self, live: &Live, cell: &CellId) -> Vec<JobId> {
        let layers = self.layers_on(live, cell).into_iter();
        let mut known = Vec::new();
        for job in layers.filter_map(|layer| layer.config.primary_job()) {
            if !known.contains(&job) {
                known.push(job);
            }
        }
        known
    }

    fn cut_of(self, cell: CellId) -> Cut {
        self.choices.with_value(|it| it.cut(cell))
    }
}

/// Where a figure may be touched for its regions.
fn is_in(frame: Rect, at: [f64; 2]) -> bool {
    frame.contains(at)
}

/// How far a key moves on an axis: an element where elements are counted, else a hundredth of what is shown.
pub(crate) fn key_step(axis: &Projection, unit: &Unit) -> f64 {
    if *unit == Unit::dimensionless() {
        1.0
    } else {
        axis.range().span() / 100.0
    }
}
