//! Commands found by typing.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use shared::id::{GridId, JobId, WorkflowId};
use shared::job::Workflow;
use shared::topology::Cell;

use crate::arrange::{Action, Dialog, Offer, Workspace, find_offers};
use crate::browser::focus;
use crate::live::{Live, cell_title};
use crate::pages::grid_of_path;
use crate::regions::Regions;
use crate::session::{JobCommand, send_job_command};

/// A field and the commands that fit what it says; one of them is chosen.
#[component]
pub(crate) fn Palette(
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let regions = expect_context::<Regions>();
    let grid = grid_of_path(&use_location().pathname.get_untracked());
    // What is offered does not change under the eyes of who chooses.
    let offers = RwSignal::new(untrack(|| offers(&live, (workspace, regions), grid)));
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| offers.with(|it| find_offers(it, &typed.get())));
    let chosen = RwSignal::new(0_usize);
    let navigate = StoredValue::new_local(use_navigate());
    let run = Callback::new(move |offer: Offer| {
        if let Action::Ask(answers) = offer.action {
            typed.set(String::new());
            chosen.set(0);
            return offers.set(answers);
        }
        carry_out(&live, (workspace, regions), offer.action, |to| {
            navigate.with_value(|go| go(to, NavigateOptions::default()));
        });
        // Where it led to another dialog, that one has taken this one's place.
        if workspace.dialog.get_untracked() == Some(Dialog::Palette) {
            close.run(());
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let (at, count) = (chosen.get_untracked(), found.with_untracked(Vec::len));
        let offer = found.with_untracked(|it| it.get(at).cloned());
        match (event.key().as_str(), offer) {
            ("ArrowDown", _) => choose(chosen, (at + 1) % count.max(1)),
            ("ArrowUp", _) => choose(
                chosen,
                at.checked_sub(1).unwrap_or_else(|| count.saturating_sub(1)),
            ),
            ("Enter", Some(offer)) => run.run(offer),
            _ => return,
        }
        event.prevent_default();
    };
    let options = move || {
        let found = found.get().into_iter().enumerate();
        found
            .map(|(at, offer)| view! { <PaletteOption at offer chosen run /> })
            .collect_view()
    };
    view! {
        <h2 id="dialog-title" class="visually-hidden">
            "Commands"
        </h2>
        <Field typed chosen found on:keydown=on_key />
        <ul id="palette-list" class="palette" role="listbox" aria-label="Commands">
            {options}
        </ul>
        <p class="dialog-text" role="status" data-testid="palette-none">
            {move || found.with(Vec::is_empty).then_some("Nothing fits: try fewer letters.")}
        </p>
    }
    .into_any()
}

/// Where one types; assistive technology hears which command is chosen.
#[component]
fn Field(
    typed: RwSignal<String>,
    chosen: RwSignal<usize>,
    found: Memo<Vec<Offer>>,
) -> impl IntoView {
    let active = move || {
        found
            .with(|it| !it.is_empty())
            .then(|| option_id(chosen.get()))
    };
    view! {
        <input
            class="text palette-field"
            role="combobox"
            aria-label="Command"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-autocomplete="list"
            aria-activedescendant=active
            autocomplete="off"
            placeholder="Type what you want to do"
            data-testid="palette-field"
            prop:value=move || typed.get()
            on:input:target=move |event| {
                typed.set(event.target().value());
                chosen.set(0);
            }
        />
    }
    .into_any()
}

#[component]
fn PaletteOption(
    at: usize,
    offer: Offer,
    chosen: RwSignal<usize>,
    run: Callback<Offer>,
) -> impl IntoView {
    let (name, key) = (offer.name.clone(), offer.key);
    view! {
        <li
            id=option_id(at)
            class="palette-option"
            role="option"
            aria-selected=move || (chosen.get() == at).to_string()
            data-testid="palette-option"
            on:pointerenter=move |_| chosen.set(at)
            on:click=move |_| run.run(offer.clone())
        >
            <span>{name}</span>
            {(!key.is_empty()).then(|| view! { <kbd>{key}</kbd> })}
        </li>
    }
    .into_any()
}

fn choose(chosen: RwSignal<usize>, at: usize) {
    chosen.set(at);
    focus::bring_into_view(&option_id(at));
}

fn option_id(at: usize) -> String {
    format!("palette-{at}")
}

/// Everything that can be done where the page is.
fn offers(
    live: &Live,
    (workspace, regions): (Workspace, Regions),
    grid: Option<GridId>,
) -> Vec<Offer> {
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
        offers.extend(grid_offers(live, (workspace, regions), grid));
    }
    if let Some(label) = workspace.undo_label() {
        offers.push(Offer::keyed(
            format!("Undo: {label}"),
            "Ctrl Z",
            Action::Undo,
        ));
    }
    if let Some(label) = workspace.redo_label() {
        offers.push(Offer::keyed(
            format!("Redo: {label}"),
            "Ctrl Shift Z",
            Action::Redo,
        ));
    }
    for id in live.workflow_list.get() {
        let Some(it) = live.workflows.signal(&id).get() else {
            continue;
        };
        offers.extend(job_offers(live, id, &it));
    }
    offers.push(Offer::new("Add grid", Action::Open(Dialog::AddGrid)));
    offers.push(Offer::keyed(
        "List keys",
        "?",
        Action::Open(Dialog::Shortcuts),
    ));
    offers
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

/// What can be done to the grid on the screen.
fn grid_offers(
    live: &Live,
    (workspace, regions): (Workspace, Regions),
    grid: GridId,
) -> Vec<Offer> {
    let verb = if workspace.is_editing.get() {
        "End arranging"
    } else {
        "Arrange this grid"
    };
    let keep = Action::Open(Dialog::KeepTemplate(grid));
    let remove = Action::Open(Dialog::RemoveGrid(grid));
    let mut offers = vec![
        Offer::keyed(verb, "E", Action::Arrange),
        Offer::new("Add plot", Action::AddPlot(grid)),
        Offer::new("Keep this grid as template", keep),
        Offer::new("Remove this grid", remove),
    ];
    for id in live.cells_of.signal(&grid).get().unwrap_or_default() {
        if let Some(cell) = live.cells.signal(&id).get() {
            offers.extend(plot_offers(live, regions, &cell));
        }
    }
    offers
}

/// What can be done to a plot.
fn plot_offers(live: &Live, regions: Regions, cell: &Cell) -> Vec<Offer> {
    let id = cell.id;
    let title = cell_title(cell, &live.layers_in(&id));
    let offer = |verb: &str, action| Offer::new(format!("{verb} {title}"), action);
    let open = |verb, dialog| offer(verb, Action::Open(dialog));
    let mut offers = vec![
        Offer::keyed(format!("Show alone: {title}"), "M", Action::Maximise(id)),
        open("Details of", Dialog::Details(id)),
        open("Layers of", Dialog::Layers(id)),
        open("Add layer to", Dialog::AddLayer(id)),
        offer("Remove", Action::Remove(id.into(), title.clone())),
    ];
    if !regions.jobs_on(live, &id).is_empty() {
        offers.push(offer("Edit regions on", Action::Regions(id)));
    }
    offers
}

fn carry_out(
    live: &Live,
    (workspace, regions): (Workspace, Regions),
    action: Action,
    go: impl Fn(&str),
) {
    let command = |workflow, sources: Vec<String>, command| {
        let live = live.clone();
        spawn_local(async move {
            send_job_command(&live, &workflow, &sources, command).await;
        });
    };
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
        Action::Start(workflow, sources) => command(workflow, sources, JobCommand::Start),
        Action::Stop(workflow, sources) => command(workflow, sources, JobCommand::Stop),
        Action::Open(dialog) => workspace.dialog.set(Some(dialog)),
        Action::Remove(piece, title) => {
            workspace.remove(live, piece, title);
        }
        Action::Regions(cell) => {
            workspace.is_editing.set(false);
            regions.toggle(cell);
        }
    }
}
