//! Which output of which workflow is plotted, for which sources, by which plotter.

use std::sync::Arc;

use leptos::prelude::*;
use shared::job::{SourceInfo, Workflow};
use shared::params::Choice;
use shared::plot::{Catalogue, PlotterInfo};

use super::AxisFields;
use super::set_field::SetField;
use crate::arrange::{Draft, output_key};

/// The upper part of a plot's form.
#[component]
pub(crate) fn SourceForm(
    /// What is chosen.
    draft: RwSignal<Draft>,
    /// What can be plotted how.
    catalogue: Arc<Catalogue>,
    /// What there is to plot.
    workflows: Arc<[Workflow]>,
    /// What is wrong with a field.
    error_of: Callback<String, Option<String>>,
) -> impl IntoView {
    let output = {
        let workflows = Arc::clone(&workflows);
        view! { <OutputField draft catalogue=Arc::clone(&catalogue) workflows /> }
    };
    let derived = {
        let (catalogue, workflows) = (Arc::clone(&catalogue), Arc::clone(&workflows));
        Memo::new(move |_| {
            let untitled = draft.with(|it| Draft {
                title: String::new(),
                ..it.clone()
            });
            untitled.full_title(&workflows, &catalogue)
        })
    };
    view! {
        {output}
        <Sources draft catalogue=Arc::clone(&catalogue) workflows=Arc::clone(&workflows) error_of />
        <Plotters draft catalogue=Arc::clone(&catalogue) />
        <AxisFields draft catalogue workflows error_of />
        <label class="form-field">
            <span class="form-name">"Title"</span>
            <input
                class="text"
                data-testid="plot-title"
                placeholder=move || derived.get()
                prop:value=move || draft.with(|it| it.title.clone())
                on:change:target=move |event| draft.update(|it| it.title = event.target().value())
            />
        </label>
    }
    .into_any()
}

#[component]
fn OutputField(
    draft: RwSignal<Draft>,
    catalogue: Arc<Catalogue>,
    workflows: Arc<[Workflow]>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| {
        draft.with(|it| {
            let source = it.has_data.then_some(&it.source);
            source.map_or_else(String::new, |it| output_key(&it.workflow, &it.output))
        })
    });
    let groups = workflows.iter().map(|workflow| {
        let options = workflow.outputs().filter_map(|output| {
            catalogue.plotters_of(&workflow.id, &output.name).next()?;
            let key = output_key(&workflow.id, &output.name);
            let value = key.clone();
            let title = format!("{} · {}", workflow.title, output.title);
            Some(view! {
                <option value=value selected=move || chosen.get() == key>
                    {title}
                </option>
            })
        });
        view! { <optgroup label=workflow.title.clone()>{options.collect_view()}</optgroup> }
    });
    let groups = groups.collect_view();
    let choose = move |key: String| {
        if key.is_empty() {
            return draft.update(|it| it.choose_geometry(&catalogue));
        }
        let all = workflows
            .iter()
            .flat_map(|it| it.outputs().map(move |output| (it, output)));
        let mut named = all.filter(|(it, output)| output_key(&it.id, &output.name) == key);
        if let Some((workflow, output)) = named.next() {
            draft.update(|it| it.choose_output(workflow, output, &catalogue));
        }
    };
    view! {
        <label class="form-field">
            <span class="form-name">"Data"</span>
            <select
                class="select"
                data-testid="plot-output"
                on:change:target=move |event| choose(event.target().value())
            >
                {groups}
                <option value="" selected=move || chosen.with(String::is_empty)>
                    "No data: lines and rectangles"
                </option>
            </select>
        </label>
    }
}

#[component]
fn Sources(
    draft: RwSignal<Draft>,
    catalogue: Arc<Catalogue>,
    workflows: Arc<[Workflow]>,
    error_of: Callback<String, Option<String>>,
) -> impl IntoView {
    let workflow = Memo::new(move |_| draft.with(|it| it.source.workflow.clone()));
    let chosen = move || workflows.iter().find(|it| it.id == workflow.get()).cloned();
    let chosen = Memo::new(move |_| chosen());
    let options = Memo::new(move |_| {
        let option = |it: &SourceInfo| Choice {
            value: it.name.clone(),
            title: it.title.clone(),
        };
        chosen.with(|it| {
            let sources = it.iter().flat_map(|it| &it.sources);
            sources.map(option).collect::<Vec<_>>()
        })
    });
    let are_many = {
        let catalogue = Arc::clone(&catalogue);
        Memo::new(move |_| {
            options.with(Vec::len) > 2 && draft.with(|it| it.most_sources(&catalogue) > 1)
        })
    };
    let choose = {
        let catalogue = Arc::clone(&catalogue);
        move |(name, is_on): (String, bool)| {
            draft.update(|it| it.choose_source(&name, is_on, &catalogue));
        }
    };
    let choose_all = move |are_all: bool| {
        if let Some(workflow) = chosen.get_untracked() {
            draft.update(|it| it.choose_sources(&workflow, are_all, &catalogue));
        }
    };
    let is_chosen = move |name: String| draft.with(|it| it.source.sources.contains(&name));
    view! {
        <div hidden=move || !draft.with(|it| it.has_data)>
            <SetField
                title="Sources"
                testid="plot-source"
                bulk="sources"
                options
                is_chosen=Callback::new(is_chosen)
                choose=Callback::new(choose)
                choose_all=Callback::new(choose_all)
                has_bulk=are_many
                error=Signal::derive(move || error_of.run("sources".to_owned()))
            />
        </div>
    }
}

#[component]
fn Plotters(draft: RwSignal<Draft>, catalogue: Arc<Catalogue>) -> impl IntoView {
    let offered = {
        let catalogue = Arc::clone(&catalogue);
        Memo::new(move |_| {
            let option = |it: &PlotterInfo| (it.name.clone(), it.title.clone());
            draft.with(|it| {
                it.plotters(&catalogue)
                    .into_iter()
                    .map(option)
                    .collect::<Vec<_>>()
            })
        })
    };
    let plotter = Memo::new(move |_| draft.with(|it| it.plotter.clone()));
    let options = move || {
        let each = offered.get().into_iter().map(|(name, title)| {
            let value = name.clone();
            view! {
                <option value=value selected=move || plotter.get() == name>
                    {title}
                </option>
            }
        });
        each.collect_view()
    };
    let description = {
        let catalogue = Arc::clone(&catalogue);
        move || {
            catalogue
                .plotter(&plotter.get())
                .map(|it| it.description.clone())
        }
    };
    let choose = move |name: String| draft.update(|it| it.choose_plotter(&name, &catalogue));
    view! {
        <label class="form-field">
            <span class="form-name">"Shown as"</span>
            <select
                class="select"
                data-testid="plot-plotter"
                on:change:target=move |event| choose(event.target().value())
            >
                {options}
            </select>
            <span class="form-text">{description}</span>
        </label>
    }
}
