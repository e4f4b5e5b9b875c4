//! How a grid begins: empty, from a template, or from a file; seen before it is added.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::topology::{Grid, GridDraft, MAX_LINES, Piece};

use super::{BeginningList, Choice, FormEnd, GridSketch};
use crate::arrange::{BeginningKey, Beginnings, Setback, Workspace, add_grid, empty_grid};
use crate::browser::{fetch, files};
use crate::live::Live;

/// A form in a dialog.
#[component]
pub(crate) fn GridForm(
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let choice = Choice::new(live.clone(), workspace);
    let Choice {
        beginnings, chosen, ..
    } = choice;
    let refusal = RwSignal::new(None::<String>);
    let blank = RwSignal::new(empty_grid());
    let drafts = Memo::new(move |_| match chosen.get() {
        BeginningKey::Empty => vec![blank.get()],
        key => beginnings.with(|it| it.get(key).map_or_else(Vec::new, |it| it.drafts.clone())),
    });
    let navigate = use_navigate();
    let add = move || {
        let drafts = drafts.get_untracked();
        let first = drafts.first().and_then(GridDraft::grid).map(|it| it.id);
        let navigate = navigate.clone();
        let put = move |it: &mut _| drafts.iter().for_each(|draft| add_grid(it, draft));
        let done = move |outcome: Result<(), Setback>| match (outcome, first) {
            (Ok(()), Some(id)) => {
                close.run(());
                navigate(&format!("/grids/{id}"), NavigateOptions::default());
            }
            (Ok(()), None) => close.run(()),
            (Err(setback), _) => refusal.set(Some(setback.to_string())),
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
            <BeginningList choice />
            <Show when=move || chosen.get() == BeginningKey::Empty>
                <Blank blank />
            </Show>
            <FromFile choice refusal />
            <Preview drafts />
            <FormEnd refusal verb="Add" close />
        </form>
    }
    .into_any()
}

/// What an empty grid is called, and how many places it has.
#[component]
fn Blank(blank: RwSignal<GridDraft>) -> impl IntoView {
    let read =
        move |of: fn(&Grid) -> String| blank.with(|it| it.grid().map_or_else(String::new, of));
    let rename = move |text: String| {
        let text = text.trim().to_owned();
        if !text.is_empty() {
            change(blank, |it| it.title = text);
        }
    };
    let lines = move |name: &'static str, testid: &'static str, of: fn(&mut Grid) -> &mut u32| {
        let value = move || blank.get().grid().cloned().map(|mut it| *of(&mut it));
        let set = move |text: String| {
            if let Some(n) = text.parse().ok().filter(|n| (1..=MAX_LINES).contains(n)) {
                change(blank, |it| *of(it) = n);
            }
        };
        view! {
            <label class="edit-field">
                {name}
                <input
                    type="number"
                    class="number"
                    min="1"
                    max=MAX_LINES
                    data-testid=testid
                    prop:value=value
                    on:input:target=move |event| set(event.target().value())
                />
            </label>
        }
    };
    view! {
        <div class="form-row">
            <label class="edit-field">
                "Title"
                <input
                    class="text"
                    data-testid="new-grid-title"
                    prop:value=move || read(|it| it.title.clone())
                    on:change:target=move |event| rename(event.target().value())
                />
            </label>
            {lines("Rows", "new-grid-rows", |it| &mut it.nrows)}
            {lines("Columns", "new-grid-cols", |it| &mut it.ncols)}
        </div>
    }
    .into_any()
}

fn change(blank: RwSignal<GridDraft>, change: impl FnOnce(&mut Grid)) {
    blank.update(|draft| {
        if let Some(Piece::Grid(grid)) = draft.pieces.first_mut() {
            change(grid);
        }
    });
}

#[component]
fn FromFile(choice: Choice, refusal: RwSignal<Option<String>>) -> impl IntoView {
    let read = move |file: Option<files::File>| {
        let Some(file) = file else { return };
        refusal.set(None);
        spawn_local(async move {
            let name = file.name();
            let text = files::text(&file).await.unwrap_or_default();
            let read = fetch::post_yaml::<Vec<GridDraft>>("/api/v1/drafts", &text).await;
            match read {
                Ok(drafts) => {
                    let add = |it: &mut Beginnings| it.add_file(&name, drafts);
                    // The dialog may be closed by now.
                    if let Some(first) = choice.beginnings.try_update(add) {
                        choice.chosen.set(first);
                    }
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
