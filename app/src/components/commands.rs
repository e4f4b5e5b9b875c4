//! What the palette offers where the page is, and how it is done.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{GridId, JobId, WorkflowId};
use shared::job::Workflow;
use shared::topology::{Cell, Layer};

use super::menu_button_id;
use crate::arrange::{Action, Dialog, Offer, Workspace};
use crate::browser::{download, focus};
use crate::figure::{Choices, Links};
use crate::live::Live;
use crate::regions::Regions;
use crate::session::{JobCommand, send_job_command};

/// What commands are about: everything on the page.
#[derive(Clone)]
pub(crate) struct Commands {
    pub(crate) workspace: Workspace,
    live: Live,
    regions: Regions,
    choices: Choices,
    links: Links,
}

impl Commands {
    /// Those of the page, from its context.
    pub(crate) fn of_page() -> Self {
        Self {
            workspace: expect_context(),
            live: expect_context(),
            regions: expect_context(),
            choices: expect_context(),
            links: expect_context(),
        }
    }

    /// Everything that can be done while `grid` is on the screen, or none.
    pub(crate) fn offers(&self, grid: Option<GridId>) -> Vec<Offer> {
        let live = &self.live;
        let mut offers = Vec::new();
        for id in live.tabs.get() {
            if let Some(it) = live.grids.signal(&id).get() {
                let go = Action::Go(format!("/grids/{id}"));
                offers.push(Offer::new(format!("Show grid {}", it.title), go));
            }
        }
        for (name, path) in [("Show workflows", "/workflows"), ("Show status", "/status")] {
            offers.push(Offer::new(name, Action::Go(path.to_owned())));
        }
        if let Some(grid) = grid {
            offers.extend(self.grid_offers(grid));
        }
        offers.extend(self.history_offers());
        for id in live.workflow_list.get() {
            if let Some(it) = live.workflows.signal(&id).get() {
                offers.extend(job_offers(live, id, &it));
            }
        }
        offers.push(Offer::new("Add grid", Action::Open(Dialog::AddGrid)));
        let keys = Action::Open(Dialog::Shortcuts);
        offers.push(Offer::keyed("List keys", "?", keys));
        offers
    }

    fn history_offers(&self) -> Vec<Offer> {
        let undo = self.workspace.undo_label();
        let undo = undo.map(|it| Offer::keyed(format!("Undo: {it}"), "Ctrl Z", Action::Undo));
        let redo = self.workspace.redo_label();
        let redo = redo.map(|it| Offer::keyed(format!("Redo: {it}"), "Ctrl Shift Z", Action::Redo));
        undo.into_iter().chain(redo).collect()
    }

    /// What can be done to the grid on the screen.
    fn grid_offers(&self, grid: GridId) -> Vec<Offer> {
        let live = &self.live;
        let verb = if self.workspace.is_editing.get() {
            "End arranging"
        } else {
            "Arrange this grid"
        };
        let has_tab = live.grids.signal(&grid);
        let has_tab = has_tab.with(|it| it.as_ref().is_some_and(|it| it.enabled));
        let link = if self.links.is_on.get() {
            "Let go of the links between plots"
        } else {
            "Link all plots by their axes"
        };
        let tab = if has_tab {
            "Hide the tab of this grid"
        } else {
            "Show the tab of this grid"
        };
        let mut offers = vec![
            Offer::keyed(verb, "E", Action::Arrange),
            Offer::new("Add plot", Action::AddPlot(grid)),
            Offer::new(link, Action::Link),
            Offer::new("Duplicate this grid", Action::DuplicateGrid(grid)),
            Offer::new(
                "Export this grid",
                Action::Save(format!("/api/v1/grids/{grid}/yaml")),
            ),
            Offer::new(
                "Keep this grid as template",
                Action::Open(Dialog::KeepTemplate(grid)),
            ),
            Offer::new(tab, Action::ToggleTab(grid)),
            Offer::new("Move the tab of this grid left", Action::ShiftTab(grid, -1)),
            Offer::new("Move the tab of this grid right", Action::ShiftTab(grid, 1)),
            Offer::new("Remove this grid", Action::Open(Dialog::RemoveGrid(grid))),
        ];
        for id in live.cells_of.signal(&grid).get().unwrap_or_default() {
            if let Some(cell) = live.cells.signal(&id).get() {
                offers.extend(self.plot_offers(&cell));
            }
        }
        offers
    }

    /// What can be done to a plot.
    fn plot_offers(&self, cell: &Cell) -> Vec<Offer> {
        let id = cell.id;
        let layers = self.live.layers_in(&id);
        let title = cell.full_title(&layers);
        let offer = |verb: &str, action| Offer::new(format!("{verb} {title}"), action);
        let open = |verb, dialog| offer(verb, Action::Open(dialog));
        let menu = |verb, panel| offer(verb, Action::Menu(format!("{panel}-{id}")));
        let mut offers = vec![
            Offer::keyed(format!("Show alone: {title}"), "M", Action::Maximise(id)),
            Offer::keyed(format!("Show all data of {title}"), "0", Action::Fit(id)),
            menu("Settings of", "settings"),
            menu("Save or share", "save"),
            open("Details of", Dialog::Details(id)),
            open("Layers of", Dialog::Layers(id)),
            open("Add layer to", Dialog::AddLayer(id)),
            offer("Move or resize", Action::Move(id)),
            offer("Duplicate", Action::DuplicateCell(id)),
            offer("Remove", Action::Remove(id.into(), title.clone())),
        ];
        if !self.regions.jobs_on(&self.live, &id).is_empty() {
            offers.push(offer("Edit regions on", Action::Regions(id)));
        }
        offers.extend(layers.iter().flat_map(layer_offers));
        offers
    }

    /// Does it; `go` shows the page at an address.
    pub(crate) fn carry_out(&self, action: Action, go: impl Fn(&str) + 'static) {
        let (live, workspace) = (&self.live, self.workspace);
        match action {
            Action::Go(to) => go(&to),
            Action::Arrange => workspace.is_editing.update(|it| *it = !*it),
            Action::AddPlot(grid) => workspace.begin_plot(live, grid),
            Action::Undo => workspace.undo(live),
            Action::Redo => workspace.redo(live),
            Action::Maximise(cell) => {
                if let Some(cell) = live.cells.signal(&cell).get_untracked() {
                    workspace.is_editing.set(false);
                    go(&format!("/grids/{}?cell={}", cell.grid, cell.id));
                }
            }
            // Who asks is the list of commands.
            Action::Ask(_) | Action::Leave => {}
            Action::Start(workflow, sources) => self.command(workflow, sources, JobCommand::Start),
            Action::Stop(workflow, sources) => self.command(workflow, sources, JobCommand::Stop),
            Action::Open(dialog) => workspace.dialog.set(Some(dialog)),
            Action::Remove(piece, title) => {
                workspace.remove(live, piece, title);
            }
            Action::Regions(cell) => {
                workspace.is_editing.set(false);
                self.regions.toggle(cell);
            }
            Action::Fit(cell) => self.choices.figure(cell).fit(),
            Action::Menu(panel) => {
                workspace.is_editing.set(false);
                focus::press_later(menu_button_id(&panel));
            }
            Action::Move(cell) => {
                workspace.is_editing.set(true);
                focus::give_later(format!("cell-move-{cell}"));
            }
            Action::Link => self.links.set(!self.links.is_on.get_untracked()),
            Action::DuplicateCell(cell) => workspace.duplicate_cell(live, cell),
            Action::DuplicateGrid(grid) => workspace.duplicate_grid(live, grid, go),
            Action::ToggleTab(grid) => workspace.toggle_tab(live, grid),
            Action::ShiftTab(grid, by) => workspace.shift_tab(live, grid, by),
            Action::ToggleLayer(layer) => workspace.toggle_layer(live, layer),
            Action::Save(address) => {
                download::save_address(&address, "");
            }
        }
    }

    fn command(&self, workflow: WorkflowId, sources: Vec<String>, command: JobCommand) {
        let live = self.live.clone();
        spawn_local(async move {
            send_job_command(&live, &workflow, &sources, command).await;
        });
    }
}

/// What can be done to a layer.
fn layer_offers(layer: &Layer) -> [Offer; 2] {
    let verb = if layer.hidden { "Show" } else { "Hide" };
    let (id, title) = (layer.id, &layer.title);
    [
        Offer::new(
            format!("Change layer {title}"),
            Action::Open(Dialog::EditLayer(id)),
        ),
        Offer::new(format!("{verb} layer {title}"), Action::ToggleLayer(id)),
    ]
}

/// What can be done to a workflow's jobs. Beginning anew what counts is asked for twice.
fn job_offers(live: &Live, id: WorkflowId, workflow: &Workflow) -> [Offer; 2] {
    let title = &workflow.title;
    let sources = workflow.sources.iter().map(|it| it.name.clone());
    let sources: Vec<String> = sources.collect();
    let is_counting = sources.iter().any(|source| {
        let (workflow, source) = (id.clone(), source.clone());
        let job = live.jobs.signal(&JobId { workflow, source });
        job.with(|it| it.as_ref().is_some_and(|it| it.state.is_active()))
    });
    let start = Action::Start(id.clone(), sources.clone());
    let start = if is_counting {
        let answers = vec![
            Offer::new(format!("Let {title} go on counting"), Action::Leave),
            Offer::new(format!("Discard all counts of {title}"), start),
        ];
        Offer::new(format!("Restart {title}"), Action::Ask(answers))
    } else {
        Offer::new(format!("Start {title}"), start)
    };
    [
        start,
        Offer::new(format!("Stop {title}"), Action::Stop(id, sources)),
    ]
}
