//! A button beside the tabs that makes a grid.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::id::GridId;
use shared::topology::{Arrangement, Grid};

use super::Icon;
use crate::arrange::{Workspace, fresh_title};
use crate::live::Live;
use crate::session::EditError;

/// Makes a grid and shows it, while grids are arranged.
#[component]
pub(crate) fn AddGrid() -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let navigate = use_navigate();
    let add = move |_| {
        let id = GridId::random();
        let navigate = navigate.clone();
        let teller = live.clone();
        let put = move |it: &mut Arrangement| {
            let titles = it.grids.values().map(|it| it.title.as_str());
            let order = it.grids.values().map(|it| it.order).max();
            let grid = Grid {
                id,
                title: fresh_title("New grid", titles),
                nrows: 2,
                ncols: 2,
                enabled: true,
                order: order.map_or(0, |last| last.saturating_add(1)),
            };
            it.grids.insert(id, grid);
        };
        let show = move |outcome: Result<(), EditError>| match outcome {
            Ok(()) => navigate(&format!("/grids/{id}"), NavigateOptions::default()),
            Err(error) => teller.say(error.to_string()),
        };
        workspace.edit_then(&live, "add a grid".to_owned(), put, show);
    };
    view! {
        <button
            type="button"
            class="icon-button tab-add"
            aria-label="Add grid"
            title="Add grid"
            data-testid="grid-add"
            on:click=add
        >
            {Icon::Plus.view()}
        </button>
    }
    .into_any()
}
