//! `/grids/{id}` of a grid that is not there: what became of it, and what there is instead.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::GridId;
use shared::topology::Removal;

use crate::browser::clock;
use crate::components::{Arranging, EmptyState};
use crate::live::Live;
use crate::not_found::OnNotFound;
use crate::part::Part;
use crate::session::{fetch_grid_removal, own_name};

/// Says so calmly. When the grid comes back, so does its page.
#[component]
pub fn GoneGridPage(
    /// The grid.
    id: GridId,
    /// Whether it was on the screen until now.
    was_shown: bool,
) -> impl IntoView {
    if let Some(server) = use_context::<OnNotFound>() {
        server.tell();
    }
    let told = RwSignal::new(None::<String>);
    Effect::new(move || {
        spawn_local(async move {
            if let Some(removal) = fetch_grid_removal(id).await {
                told.try_set(Some(text_of(&removal, &own_name())));
            }
        });
    });
    let arranging = expect_context::<Part<Arranging>>();
    move || {
        let text = told.get();
        if was_shown || text.is_some() {
            let text = text.unwrap_or_else(|| format!("Somebody removed it. {UNDONE_BY_OTHERS}"));
            view! {
                <EmptyState title="This grid was removed" testid="grid-removed">
                    {text}
                    {move || arranging.get().map(|it| (it.bring_back)(id))}
                    <OtherGrids />
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <EmptyState title="This grid does not exist" testid="grid-unknown">
                    "It may have been removed, or the link to it is not complete."
                    <OtherGrids />
                </EmptyState>
            }
            .into_any()
        }
    }
}

/// Links to the grids that there are.
#[component]
fn OtherGrids() -> impl IntoView {
    let live = expect_context::<Live>();
    let link = {
        let grids = live.grids.clone();
        move |id: GridId| {
            let grid = grids.signal(&id);
            let title = move || grid.get().map(|it| it.title);
            view! { <a href=format!("/grids/{id}")>{title}</a> }
        }
    };
    let tabs = live.tabs.clone();
    view! {
        <span class="other-grids" data-testid="other-grids">
            <For each=move || tabs.get() key=|id| *id children=link />
        </span>
    }
    .into_any()
}

/// What others can do about it.
const UNDONE_BY_OTHERS: &str =
    "Whoever removed it can undo that as long as their page is open; it is here again then.";

/// What is said of a removal to the one who is called `me`.
fn text_of(Removal { title, by, time_ns }: &Removal, me: &str) -> String {
    let time = clock::time_text(*time_ns);
    match by.as_str() {
        "" => format!("{title} was removed at {time}. {UNDONE_BY_OTHERS}"),
        by if by == me => format!("You removed {title} at {time}."),
        by => format!("{title} was removed by {by} at {time}. {UNDONE_BY_OTHERS}"),
    }
}
