//! Where regions are edited: from what hands do to edits on their way to the server, and to what the page shows meanwhile.

mod gesture;
mod hand;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use shared::id::{CellId, RegionId};
use shared::notification::Severity;
use shared::plot::Area;
use shared::region::{Region, free_look};
use shared::topology::{Arrangement, Piece};
use uuid::Uuid;

use self::gesture::Gesture;
use super::editor::Ground;
use super::reading::reading;
use super::{Done, Editor, Regions, Tool};
use crate::arrange::{Deed, Setback, Workspace};
use crate::browser::timer::Timeout;
use crate::live::Live;
use crate::present::Scene;
use crate::session::own_name;

/// Keys that follow each other this fast make one edit.
const KEYS_MS: u32 = 300;

/// The one who edits the regions of a cell's image; cheap to clone.
#[derive(Clone)]
pub(crate) struct Desk(Rc<Inner>);

struct Inner {
    live: Live,
    workspace: Workspace,
    regions: Regions,
    cell: CellId,
    tool: RwSignal<Tool>,
    editor: RefCell<Editor>,
    /// What grows under the hand, to keep its name while it does.
    growing: RefCell<Option<Region>>,
    /// What the hand makes of a region that it holds.
    gesture: RefCell<Option<Gesture>>,
    /// Edits that wait for the one under way; one for each region.
    waiting: RefCell<Vec<(Change, Deed)>>,
    /// What keys have made of a region, and when it is sent.
    typed: RefCell<Option<(Timeout, Region)>>,
}

/// What shall become of a region.
#[derive(Clone, Debug)]
enum Change {
    Put(Box<Region>),
    Remove(RegionId),
}

impl Change {
    fn id(&self) -> RegionId {
        match self {
            Self::Put(region) => region.id,
            Self::Remove(id) => *id,
        }
    }
}

impl Desk {
    /// A desk for a cell.
    pub(crate) fn new(live: Live, workspace: Workspace, regions: Regions, cell: CellId) -> Self {
        let desk = Self(Rc::new(Inner {
            live,
            workspace,
            regions,
            cell,
            tool: RwSignal::new(Tool::Hold),
            editor: RefCell::default(),
            growing: RefCell::default(),
            gesture: RefCell::default(),
            waiting: RefCell::default(),
            typed: RefCell::default(),
        }));
        let settler = desk.clone();
        Effect::new(move || settler.settle());
        desk
    }

    /// What the hand does next.
    pub(crate) fn tool(&self) -> RwSignal<Tool> {
        self.0.tool
    }

    /// Chooses what the hand does next. What was begun is dropped.
    pub(crate) fn choose(&self, tool: Tool) {
        self.send_typed();
        *self.0.editor.borrow_mut() = Editor::with_tool(tool);
        self.drop_begun();
        self.0.tool.set(tool);
    }

    /// The regions on the cell. Tracks them.
    pub(crate) fn regions(&self) -> Vec<Region> {
        self.0.regions.on_cell(&self.0.live, &self.0.cell)
    }

    /// Whether the cell shows the plane in which regions lie. Tracks that.
    pub(crate) fn has_plane(&self) -> bool {
        let jobs = self.0.regions.jobs_on(&self.0.live, &self.0.cell);
        !jobs.is_empty()
    }

    /// What the cell's image shows within a region, in words. Tracks its pictures.
    pub(crate) fn reading(&self, region: &Region) -> Option<String> {
        reading(self.0.regions, &self.0.live, &self.0.cell, region)
    }

    /// The region that is meant. Tracks it.
    pub(crate) fn selected(&self) -> Option<Region> {
        let id = self.0.regions.selected.get()?;
        self.regions().into_iter().find(|it| it.id == id)
    }

    /// The regions on the cell as everybody has them. Tracks them.
    pub(super) fn shared(&self) -> BTreeMap<RegionId, Region> {
        let live = &self.0.live;
        let regions = self.regions().into_iter();
        let shared = regions.filter_map(|it| live.regions.signal(&it.id).get());
        shared.map(|it| (it.id, it)).collect()
    }

    /// Whether a region is nowhere any more, without tracking.
    pub(super) fn is_gone(&self, id: RegionId) -> bool {
        let region = self.0.live.regions.signal(&id);
        region.with_untracked(Option::is_none)
    }

    /// The region that is meant, without tracking.
    pub(super) fn meant(&self) -> Option<RegionId> {
        self.0.regions.selected.get_untracked()
    }

    /// Tells the reader something.
    pub(super) fn tell(&self, text: String) {
        self.0.live.tell(Severity::Info, text);
    }

    /// Changes the region that is meant.
    pub(crate) fn change(&self, verb: &str, change: impl FnOnce(&mut Region)) {
        self.send_typed();
        if let Some(mut region) = untrack(|| self.selected()) {
            change(&mut region);
            self.put(region, verb, None);
        }
    }

    /// Removes the region that is meant.
    pub(crate) fn remove(&self) {
        self.send_typed();
        if let Some(id) = self.0.regions.selected.get_untracked() {
            self.take(Done::Removed(id));
        }
    }

    fn put(&self, mut region: Region, verb: &str, gesture: Option<Uuid>) {
        region.changed_by = own_name();
        let label = format!("{verb} {}", region.name);
        self.0.regions.local.set(Some(region.clone()));
        self.enqueue(Change::Put(Box::new(region)), Deed { label, gesture });
    }

    fn enqueue(&self, change: Change, deed: Deed) {
        let id = change.id();
        let mut waiting = self.0.waiting.borrow_mut();
        waiting.retain(|(other, _)| other.id() != id);
        waiting.push((change, deed));
        drop(waiting);
        let desk = self.clone();
        // Also when this page's bar is closed meanwhile: what a hand let go of is not lost.
        self.0.workspace.when_free(move || desk.send(id));
    }

    /// Sends what waits for a region, unless something newer took its place and was sent.
    fn send(&self, id: RegionId) {
        let inner = &self.0;
        let mut waiting = inner.waiting.borrow_mut();
        let Some(at) = waiting.iter().position(|(change, _)| change.id() == id) else {
            return;
        };
        let (change, deed) = waiting.remove(at);
        drop(waiting);
        let desk = self.clone();
        let edit = move |it: &mut Arrangement| match change {
            Change::Put(region) => it.put(Piece::Region(*region)),
            Change::Remove(id) => it.remove(id.into()),
        };
        let then = move |outcome: Result<(), Setback>| {
            if let Err(setback) = outcome
                && !desk.is_refused_in_hand(id)
            {
                setback.tell(&desk.0.live);
                desk.drop_local(id);
            }
        };
        inner.workspace.edit_then(&inner.live, deed, edit, then);
    }

    /// Lets the shared region show again once it is what the hand made of it, or what somebody made of it later.
    fn settle(&self) {
        let inner = &self.0;
        let Some(local) = inner.regions.local.get() else {
            return;
        };
        let shared = inner.live.regions.signal(&local.id).get();
        let waiting = inner.waiting.borrow();
        let is_waiting = waiting.iter().any(|(change, _)| change.id() == local.id);
        let is_held = inner.editor.borrow().is_holding() || inner.typed.borrow().is_some();
        let is_busy = inner.workspace.is_busy.get();
        if is_busy || is_waiting || is_held {
            return;
        }
        if shared.as_ref() == Some(&local)
            || !inner.workspace.is_ahead(&inner.live, local.id.into())
        {
            inner.regions.local.set(None);
        }
    }

    fn drop_local(&self, id: RegionId) {
        let local = self.0.regions.local;
        if local.with_untracked(|it| it.as_ref().is_some_and(|it| it.id == id)) {
            local.set(None);
        }
    }

    /// Does what a hand's work comes to; true when it was meant for regions.
    fn take(&self, done: Done) -> bool {
        let inner = &self.0;
        match done {
            Done::Nothing => return false,
            Done::Taken => {}
            Done::Select(id) => {
                inner.regions.selected.set(id);
                return id.is_some();
            }
            Done::Shaped(id, area) => self.shape(id, area),
            Done::Growing(area) => {
                let region = self.fresh(area);
                inner.regions.local.set(region);
            }
            Done::Changed(id, area) => {
                self.show(id, area);
                let gesture = inner.gesture.borrow_mut().take().map(|it| it.id);
                if let Some(region) = inner.regions.local.get_untracked() {
                    self.put(region, "change", gesture);
                }
            }
            Done::Drawn(area) => {
                if let Some(region) = self.fresh(area) {
                    *inner.growing.borrow_mut() = None;
                    inner.regions.selected.set(Some(region.id));
                    self.choose(Tool::Hold);
                    self.put(region, "draw", None);
                }
            }
            Done::Removed(id) => {
                let name = self.region(id).map_or_else(String::new, |it| it.name);
                inner.regions.selected.set(None);
                self.drop_local(id);
                self.enqueue(Change::Remove(id), format!("remove {name}").into());
            }
            Done::Corners(corners) => inner.regions.corners.set(corners),
            Done::Dropped => self.drop_begun(),
        }
        true
    }

    /// Shows a region with another area.
    fn show(&self, id: RegionId, area: Area) {
        if let Some(mut region) = self.region(id) {
            region.area = area;
            self.0.regions.local.set(Some(region));
        }
    }

    fn region(&self, id: RegionId) -> Option<Region> {
        let regions = untrack(|| self.regions());
        regions.into_iter().find(|it| it.id == id)
    }

    /// What was begun comes to nothing.
    fn drop_begun(&self) {
        self.0.regions.corners.set(Vec::new());
        let growing = self.0.growing.borrow_mut().take();
        if let Some(region) = growing {
            self.drop_local(region.id);
        }
        self.drop_gesture();
    }

    /// A new region with what nobody beside it has; the same one for as long as it grows.
    fn fresh(&self, area: Area) -> Option<Region> {
        let mut growing = self.0.growing.borrow_mut();
        if let Some(region) = &mut *growing {
            region.area = area;
            return growing.clone();
        }
        let Inner {
            live,
            regions,
            cell,
            ..
        } = &*self.0;
        let job = untrack(|| regions.jobs_on(live, cell).pop())?;
        let units = untrack(|| regions.units_of(live, cell))?;
        let beside = untrack(|| self.regions());
        let (name, colour) = free_look(beside.iter().filter(|it| it.job() == job));
        *growing = Some(Region {
            id: RegionId::random(),
            workflow: job.workflow,
            source: job.source,
            name,
            colour,
            area,
            units,
            changed_by: own_name(),
        });
        growing.clone()
    }

    fn work(&self, scene: &Scene, work: impl FnOnce(&mut Editor, Ground<'_>) -> Done) -> bool {
        let regions = untrack(|| self.regions());
        let ground = Ground {
            axes: [&scene.x, &scene.y],
            regions: &regions,
            selected: self.0.regions.selected.get_untracked(),
        };
        let done = work(&mut self.0.editor.borrow_mut(), ground);
        self.take(done)
    }

    /// Nobody works here any more: what keys have moved is sent, what was begun is dropped.
    pub(crate) fn leave(&self) {
        self.send_typed();
        self.0.regions.corners.set(Vec::new());
        self.0.regions.local.set(None);
        self.0.regions.set_hand(None);
    }

    /// Keys that go on are shown at once and sent when they pause.
    fn type_key(&self, id: RegionId, area: Area) {
        if (self.0.typed.borrow().as_ref()).is_some_and(|(_, it)| it.id != id) {
            self.send_typed();
        }
        self.show(id, area);
        let desk = self.clone();
        let timer = Timeout::new(KEYS_MS, move || desk.send_typed());
        let typed = self.0.regions.local.get_untracked();
        *self.0.typed.borrow_mut() = typed.map(|region| (timer, region));
    }

    /// Sends what keys have moved; before anything else is done, so that it is not lost to that.
    fn send_typed(&self) {
        let typed = self.0.typed.borrow_mut().take();
        if let Some((_, region)) = typed {
            self.put(region, "change", None);
        }
    }
}
