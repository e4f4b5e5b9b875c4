//! What is plotted and how: for a new plot, a new layer, or one that is there.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{CellId, LayerId};
use shared::job::Workflow;
use shared::params::Schema;
use shared::plot::Catalogue;
use shared::topology::{Arrangement, Cell, Layer};

use super::{FormEnd, ParamsForm, SourceForm};
use crate::arrange::{Dialog, Draft, Workspace};
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
    let opened = StoredValue::new(layer_of(&live, dialog));
    let workflows: Arc<[Workflow]> = workflows_of(&live).into();
    let first = match opened.get_value() {
        Some(layer) => Draft::of_layer(&layer, &workflows, &catalogue),
        None => Draft::first(&workflows, &catalogue),
    };
    let Some(first) = first else {
        let text = "There is nothing here that this form can plot.";
        return view! { <p class="dialog-text">{text}</p> }.into_any();
    };
    let draft = RwSignal::new(first);
    let refusal = RwSignal::new(None::<String>);
    let is_sent = RwSignal::new(false);
    let errors = {
        let catalogue = Arc::clone(&catalogue);
        Memo::new(move |_| draft.with(|it| it.errors(&catalogue)))
    };
    let submit = move || {
        is_sent.set(true);
        if errors.with_untracked(|it| !it.is_empty()) {
            return;
        }
        let (now, _) = workspace.arranged(&live);
        let layer = opened.get_value();
        if let Some(layer) = &layer
            && now.layers.get(&layer.id) != Some(layer)
        {
            opened.set_value(now.layers.get(&layer.id).cloned());
            refusal.set(Some(OVERTAKEN.to_owned()));
            return;
        }
        let label = format!("plot {}", draft.with_untracked(|it| it.title.clone()));
        let put = draft.get_untracked();
        let edit = move |it: &mut Arrangement| place(it, dialog, &put);
        workspace.edit_then(&live, label, edit, move |outcome| match outcome {
            Ok(()) => close.run(()),
            Err(error) => refusal.set(Some(error.to_string())),
        });
    };
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submit();
    };
    let error_of = Callback::new(move |field: String| {
        // What was not touched yet is no error before it is sent.
        let is_shown = is_sent.get() || !["title", "x_axis", "y_axis"].contains(&field.as_str());
        let found = errors.with(|it| {
            let own = it.iter().find(|it| it.field == field);
            own.map(|it| it.reason.clone())
        });
        found.filter(|_| is_shown)
    });
    let schema = {
        let (catalogue, workflows) = (Arc::clone(&catalogue), Arc::clone(&workflows));
        let schema =
            move |_: Option<&Option<Schema>>| draft.with(|it| it.schema(&workflows, &catalogue));
        Memo::new(schema)
    };
    let verb = if opened.with_value(Option::is_some) {
        "Save"
    } else {
        "Add"
    };
    view! {
        <form class="plot-form" method="dialog" novalidate=true on:submit=on_submit>
            <SourceForm draft catalogue workflows error_of />
            {move || schema.get().map(|schema| view! { <ParamsForm draft schema error_of /> })}
            <FormEnd refusal verb=verb close />
        </form>
    }
    .into_any()
}

const OVERTAKEN: &str = "Somebody else changed this layer while this form was open. Save again to overwrite that, or \
     cancel to keep it.";

fn layer_of(live: &Live, dialog: Dialog) -> Option<Layer> {
    match dialog {
        Dialog::EditLayer(id) => live.layers.signal(&id).get_untracked(),
        _ => None,
    }
}

fn workflows_of(live: &Live) -> Vec<Workflow> {
    let ids = live.workflow_list.get_untracked();
    ids.iter()
        .filter_map(|id| live.workflows.signal(id).get_untracked())
        .collect()
}

/// Puts the drafted layer where the dialog is about.
fn place(arrangement: &mut Arrangement, dialog: Dialog, draft: &Draft) {
    let layer = match dialog {
        Dialog::AddPlot(grid, geometry) => {
            let cell = Cell {
                id: CellId::random(),
                grid,
                geometry,
                title: None,
            };
            let layer = draft.layer(LayerId::random(), cell.id, 0);
            arrangement.cells.insert(cell.id, cell);
            layer
        }
        Dialog::AddLayer(cell) => {
            let top = arrangement.layers_of(cell).map(|it| it.order).max();
            let order = top.map_or(0, |top| top.saturating_add(1));
            draft.layer(LayerId::random(), cell, order)
        }
        Dialog::EditLayer(id) => match arrangement.layers.get(&id) {
            Some(layer) => Layer {
                hidden: layer.hidden,
                ..draft.layer(id, layer.cell, layer.order)
            },
            None => return,
        },
        Dialog::Layers(_)
        | Dialog::AddGrid
        | Dialog::Details(_)
        | Dialog::RemoveCell(_)
        | Dialog::RemoveGrid(_)
        | Dialog::Palette
        | Dialog::Shortcuts => return,
    };
    arrangement.layers.insert(layer.id, layer);
}
