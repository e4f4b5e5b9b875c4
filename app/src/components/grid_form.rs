//! How a grid begins: empty, from a template, or from a file; seen before it is added.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::topology::GridDraft;

use super::{FormEnd, GridSketch};
use crate::arrange::{Workspace, add_grid, empty_grid};
use crate::browser::{fetch, files};
use crate::live::Live;
use crate::session::EditError;

/// One way to begin: what people choose it by, and the grids that it brings.
#[derive(Clone, Debug)]
struct Beginning {
    title: String,
    text: String,
    drafts: Vec<GridDraft>,
}

impl Beginning {
    fn empty() -> Self {
        Self {
            title: "Empty grid".to_owned(),
            text: "Two rows and two columns, to be filled.".to_owned(),
            drafts: vec![empty_grid()],
        }
    }

    fn of(draft: GridDraft) -> Self {
        let title = draft.grid().map_or_else(String::new, |it| it.title.clone());
        Self {
            title,
            text: draft.description.clone().unwrap_or_default(),
            drafts: vec![draft],
        }
    }

    /// The grids of a file, each alone and all together.
    fn of_file(name: &str, drafts: Vec<GridDraft>) -> Vec<Self> {
        let from = format!("From {name}.");
        let mut each: Vec<Self> = drafts.iter().cloned().map(Self::of).collect();
        for it in &mut each {
            it.text.clone_from(&from);
        }
        if drafts.len() > 1 {
            let title = format!("All {} grids", drafts.len());
            let text = from;
            each.insert(
                0,
                Self {
                    title,
                    text,
                    drafts,
                },
            );
        }
        each
    }
}

/// A form in a dialog.
#[component]
pub(crate) fn GridForm(
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let beginnings = RwSignal::new(vec![Beginning::empty()]);
    let chosen = RwSignal::new(0_usize);
    let refusal = RwSignal::new(None::<String>);
    want_templates(live.clone(), beginnings);
    let drafts = Memo::new(move |_| {
        beginnings.with(|all| {
            all.get(chosen.get())
                .map_or_else(Vec::new, |it| it.drafts.clone())
        })
    });
    let navigate = use_navigate();
    let add = move || {
        let drafts = drafts.get_untracked();
        let first = drafts.first().and_then(GridDraft::grid).map(|it| it.id);
        let navigate = navigate.clone();
        let put = move |it: &mut _| drafts.iter().for_each(|draft| add_grid(it, draft));
        let done = move |outcome: Result<(), EditError>| match (outcome, first) {
            (Ok(()), Some(id)) => {
                close.run(());
                navigate(&format!("/grids/{id}"), NavigateOptions::default());
            }
            (Ok(()), None) => close.run(()),
            (Err(error), _) => refusal.set(Some(error.to_string())),
        };
        workspace.edit_then(&live, "add a grid".to_owned(), put, done);
    };
    view! {
        <h2 id="dialog-title">"Add grid"</h2>
        <form
            class="plot-form"
            on:submit=move |event| {
                event.prevent_default();
                add();
            }
        >
            <Beginnings beginnings chosen />
            <FromFile beginnings chosen refusal />
            <Preview drafts />
            <FormEnd refusal verb="Add" close />
        </form>
    }
    .into_any()
}

/// Asks for what the instrument offers.
fn want_templates(live: Live, beginnings: RwSignal<Vec<Beginning>>) {
    Effect::new(move || {
        let live = live.clone();
        spawn_local(async move {
            match fetch::get_json::<Vec<GridDraft>>("/api/v1/templates").await {
                Ok(drafts) => {
                    // The dialog may be closed by now.
                    beginnings.try_update(|it| it.extend(drafts.into_iter().map(Beginning::of)));
                }
                Err(error) => live.say(format!("Templates could not be loaded: {error}")),
            }
        });
    });
}

#[component]
fn Beginnings(beginnings: RwSignal<Vec<Beginning>>, chosen: RwSignal<usize>) -> impl IntoView {
    let choice = move |(at, beginning): (usize, Beginning)| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="beginning"
                    data-testid="grid-beginning"
                    prop:checked=move || chosen.get() == at
                    on:change=move |_| chosen.set(at)
                />
                <span>{beginning.title}</span>
                <span class="form-text">{beginning.text}</span>
            </label>
        }
    };
    view! {
        <fieldset class="form-group">
            <legend>"Begin with"</legend>
            {move || beginnings.get().into_iter().enumerate().map(choice).collect_view()}
        </fieldset>
    }
    .into_any()
}

#[component]
fn FromFile(
    beginnings: RwSignal<Vec<Beginning>>,
    chosen: RwSignal<usize>,
    refusal: RwSignal<Option<String>>,
) -> impl IntoView {
    let read = move |file: Option<files::File>| {
        let Some(file) = file else { return };
        refusal.set(None);
        spawn_local(async move {
            let name = file.name();
            let text = files::text(&file).await.unwrap_or_default();
            let read = fetch::post_yaml::<Vec<GridDraft>>("/api/v1/drafts", &text).await;
            match read {
                Ok(drafts) => {
                    let first = beginnings.with_untracked(Vec::len);
                    beginnings.update(|it| it.extend(Beginning::of_file(&name, drafts)));
                    chosen.set(first);
                }
                Err(error) => refusal.set(Some(format!("{name} cannot be read: {error}"))),
            }
        });
    };
    view! {
        <label class="form-field">
            <span class="form-name">"File"</span>
            <input
                type="file"
                accept=".yaml,.yml,application/yaml"
                data-testid="grid-file"
                on:change:target=move |event| read(files::chosen(&event.target()))
            />
            <span class="form-text">
                "A grid that was exported, here or from the facility's own dashboard. "
                <a href="/api/v1/topology/yaml" download="" data-testid="grids-export">
                    "Export all grids"
                </a>
            </span>
        </label>
    }
    .into_any()
}

/// What would be added, and what of it would not be as its file says.
#[component]
fn Preview(drafts: Memo<Vec<GridDraft>>) -> impl IntoView {
    let sketches = move || {
        let drafts = drafts.get();
        let sketch = |draft: GridDraft| view! { <GridSketch draft /> };
        drafts.into_iter().map(sketch).collect_view()
    };
    let remarks = move || {
        let drafts = drafts.get();
        let remarks = drafts.into_iter().flat_map(|it| it.remarks);
        remarks.map(|it| view! { <li>{it}</li> }).collect_view()
    };
    view! {
        <div class="sketches">{sketches}</div>
        <ul class="remarks" data-testid="remarks">
            {remarks}
        </ul>
    }
    .into_any()
}
