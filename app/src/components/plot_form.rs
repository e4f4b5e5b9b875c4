//! What is plotted and how: for a new plot, a new layer, or one that is there.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{CellId, LayerId};
use shared::job::Workflow;
use shared::params::{ParamError, Schema};
use shared::plot::Catalogue;
use shared::topology::{Arrangement, Cell, CellGeometry, Layer};

use super::{FormEnd, ParamsForm, PlotPreview, SourceForm};
use crate::arrange::{Base, Dialog, Draft, Fate, Setback, Workspace};
use crate::browser::focus;
use crate::figure::Place;
use crate::live::Live;

/// A form in a dialog.
#[component]
pub(crate) fn PlotForm(
    /// What it is for.
    dialog: Dialog,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    workspace.want_catalogue(&live);
    let title = match dialog {
        Dialog::EditLayer(_) => "Change layer",
        Dialog::AddLayer(_) => "Add layer",
        _ => "Add plot",
    };
    let form = move || {
        let form = workspace
            .catalogue
            .get()
            .map(|catalogue| view! { <Form dialog catalogue close /> }.into_any());
        form.unwrap_or_else(|| view! { <p class="dialog-text">"Loading…"</p> }.into_any())
    };
    view! {
        <h2 id="dialog-title">{title}</h2>
        {form}
    }
}

#[component]
fn Form(dialog: Dialog, catalogue: Arc<Catalogue>, close: Callback<()>) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let subject = Subject::of(&live, workspace, dialog);
    let opened = subject.opened.get_value();
    let workflows: Arc<[Workflow]> = workflows_of(&live).into();
    let first = match &opened {
        Some(layer) => Draft::of_layer(layer, &workflows, &catalogue),
        None => Draft::first(&workflows, &catalogue),
    };
    let Some(first) = first else {
        let text = "There is nothing here that this form can plot.";
        return view! { <p class="dialog-text">{text}</p> }.into_any();
    };
    let draft = RwSignal::new(first);
    let refusal = RwSignal::new(None::<String>);
    let is_sent = RwSignal::new(false);
    let is_split = RwSignal::new(false);
    let refused = RwSignal::new(None::<ParamError>);
    let titled_by = (Arc::clone(&workflows), Arc::clone(&catalogue));
    let errors = {
        let catalogue = Arc::clone(&catalogue);
        Memo::new(move |_| {
            let mut errors = draft.with(|it| it.errors(&catalogue));
            let count = draft.with(|it| it.source.sources.len());
            if is_split.get() && tiles(dialog, count).is_none() {
                let reason =
                    format!("the place has no room for {count} plots: choose a larger one");
                errors.push(ParamError::new("split", reason));
            }
            errors
        })
    };
    let submit = move || {
        is_sent.set(true);
        if errors.with_untracked(|it| !it.is_empty()) {
            return focus::give_to_wrong("plot-fields");
        }
        let put = draft.get_untracked();
        let label = format!("plot {}", put.full_title(&titled_by.0, &titled_by.1));
        let drafts = if is_split.get_untracked() {
            put.split(&titled_by.0)
        } else {
            vec![put]
        };
        let titled = |it: Draft| (it.full_title(&titled_by.0, &titled_by.1), it);
        let drafts: Vec<(String, Draft)> = drafts.into_iter().map(titled).collect();
        let target = subject.target.get_untracked();
        let edit = move |it: &mut Arrangement| place(it, target, drafts);
        let teller = live.clone();
        let then = move |outcome: Result<(), Setback>| match outcome {
            Ok(()) => close.run(()),
            Err(setback) => {
                let learnt = || subject.learn(workspace.arranged(&teller), setback.by());
                let told = setback.is_lost().then(learnt).flatten();
                refusal.set(Some(told.unwrap_or_else(|| setback.to_string())));
            }
        };
        match subject.base() {
            Some(base) => workspace.edit_as_seen(&live, base, label, edit, then),
            None => workspace.edit_then(&live, label, edit, then),
        }
    };
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submit();
    };
    let error_of = Callback::new(move |field: String| {
        // What was not touched yet is no error before it is sent.
        let is_shown = is_sent.get() || !["x_axis", "y_axis"].contains(&field.as_str());
        let found = errors.with(|it| {
            let mut all = it.iter().cloned().chain(refused.get());
            all.find(|it| it.field == field).map(|it| it.reason)
        });
        found.filter(|_| is_shown)
    });
    let schema = {
        let (catalogue, workflows) = (Arc::clone(&catalogue), Arc::clone(&workflows));
        let schema =
            move |_: Option<&Option<Schema>>| draft.with(|it| it.schema(&workflows, &catalogue));
        Memo::new(schema)
    };
    let tried = Memo::new(move |_| {
        let missing = errors.with(|it| it.iter().find(|it| it.field != "split").map(told));
        missing.map_or_else(|| Ok(draft.with(Draft::config)), Err)
    });
    let place = place_of(dialog, opened.as_ref());
    let verb = Signal::derive(move || match subject.target.get() {
        Dialog::EditLayer(_) => "Save",
        _ => "Add",
    });
    view! {
        <form class="plot-form" method="dialog" novalidate=true on:submit=on_submit>
            <PlotPreview config=tried place catalogue=Arc::clone(&catalogue) refused />
            <div class="plot-fields">
                <SourceForm draft catalogue workflows error_of />
                <SplitSwitch draft dialog is_split error_of />
                {move || schema.get().map(|schema| view! { <ParamsForm draft schema error_of /> })}
            </div>
            <FormEnd refusal verb=verb close />
        </form>
    }
    .into_any()
}

/// The layer that a form is about, and what the one who fills it in knows of it.
#[derive(Clone, Copy)]
struct Subject {
    opened: StoredValue<Option<Layer>>,
    was_in: StoredValue<Option<Cell>>,
    base: StoredValue<Base>,
    /// Another place when the layer goes while the form is open.
    target: RwSignal<Dialog>,
}

impl Subject {
    fn of(live: &Live, workspace: Workspace, dialog: Dialog) -> Self {
        let base = workspace.arranged(live);
        let opened = match dialog {
            Dialog::EditLayer(id) => base.0.layers.get(&id).cloned(),
            _ => None,
        };
        let was_in = opened.as_ref().and_then(|it| base.0.cells.get(&it.cell));
        Self {
            was_in: StoredValue::new(was_in.cloned()),
            opened: StoredValue::new(opened),
            base: StoredValue::new(base),
            target: RwSignal::new(dialog),
        }
    }

    /// What a change is based on; none for what is new, which goes where there is room by then.
    fn base(self) -> Option<Base> {
        let is_there = self.opened.with_value(Option::is_some);
        is_there.then(|| self.base.get_value())
    }

    /// Takes in what somebody called `by` did meanwhile, and returns what is to be said of it.
    fn learn(self, now: Base, by: &str) -> Option<String> {
        let fate = self.opened.with_value(|opened| {
            let was_in = self.was_in.get_value();
            Fate::of(opened.as_ref(), was_in.as_ref(), &now.0)
        });
        let told = fate.told(by);
        let known = match fate {
            Fate::Same | Fate::Homeless | Fate::Gridless => return told,
            Fate::Changed { now, .. } => Some(*now),
            Fate::Gone(again) => {
                self.target.set(again);
                None
            }
        };
        self.opened.set_value(known);
        self.base.set_value(now);
        told
    }
}

/// What keeps a draft from being seen.
fn told(error: &ParamError) -> String {
    let field = error.field.rsplit('.').next().unwrap_or_default();
    format!(
        "No preview yet: {}: {}",
        field.replace('_', " "),
        error.reason
    )
}

/// Where the layer would be.
fn place_of(dialog: Dialog, opened: Option<&Layer>) -> Place {
    match (dialog, opened) {
        (Dialog::AddLayer(cell), _) => Place {
            cell: Some(cell),
            replaces: None,
        },
        (_, Some(layer)) => Place {
            cell: Some(layer.cell),
            replaces: Some(layer.id),
        },
        _ => Place::default(),
    }
}

fn workflows_of(live: &Live) -> Vec<Workflow> {
    let ids = live.workflow_list.get_untracked();
    ids.iter()
        .filter_map(|id| live.workflows.signal(id).get_untracked())
        .collect()
}

/// Whether each source is to have a plot of its own, where several are chosen for a new place.
#[component]
fn SplitSwitch(
    draft: RwSignal<Draft>,
    dialog: Dialog,
    is_split: RwSignal<bool>,
    error_of: Callback<String, Option<String>>,
) -> impl IntoView {
    let is_new = matches!(dialog, Dialog::AddPlot(..));
    let are_several =
        Memo::new(move |_| draft.with(|it| it.has_data && it.source.sources.len() > 1));
    Effect::new(move || {
        if !are_several.get() {
            is_split.set(false);
        }
    });
    view! {
        <label class="form-field" hidden=move || !(is_new && are_several.get())>
            <span class="form-name">"Arrangement"</span>
            <span class="switch">
                <input
                    type="checkbox"
                    data-testid="plot-split"
                    prop:checked=move || is_split.get()
                    on:change:target=move |event| is_split.set(event.target().checked())
                />
                "A plot for each source"
            </span>
            <span class="form-error">{move || error_of.run("split".to_owned())}</span>
        </label>
    }
}

/// The parts of a new place for so many plots.
fn tiles(dialog: Dialog, count: usize) -> Option<Vec<CellGeometry>> {
    match dialog {
        Dialog::AddPlot(_, geometry) => geometry.tiled(count as u32),
        _ => None,
    }
}

/// Puts the drafted layers, each with its title, where the dialog is about.
fn place(arrangement: &mut Arrangement, dialog: Dialog, drafts: Vec<(String, Draft)>) {
    let places = tiles(dialog, drafts.len()).unwrap_or_default();
    if let Dialog::AddPlot(grid, _) = dialog {
        for (geometry, (title, draft)) in places.into_iter().zip(drafts) {
            let cell = Cell {
                id: CellId::random(),
                grid,
                geometry,
                title: None,
            };
            let layer = draft.layer(LayerId::random(), cell.id, 0, title);
            arrangement.cells.insert(cell.id, cell);
            arrangement.layers.insert(layer.id, layer);
        }
        return;
    }
    for (title, draft) in drafts {
        let layer = match dialog {
            Dialog::AddLayer(cell) => {
                let top = arrangement.layers_of(cell).map(|it| it.order).max();
                let order = top.map_or(0, |top| top.saturating_add(1));
                draft.layer(LayerId::random(), cell, order, title)
            }
            Dialog::EditLayer(id) => match arrangement.layers.get(&id) {
                Some(layer) => Layer {
                    hidden: layer.hidden,
                    ..draft.layer(id, layer.cell, layer.order, title)
                },
                None => continue,
            },
            _ => continue,
        };
        arrangement.layers.insert(layer.id, layer);
    }
}
