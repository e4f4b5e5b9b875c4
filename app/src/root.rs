//! The application: what every page shares, and which address shows which page.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::path;

use crate::arrange::Workspace;
use crate::browser::address;
use crate::browser::visibility::{self, Sight};
use crate::components::{
    Arranging, Dialogs, FigureHelp, FigureTools, Header, RegionEditing, ToastList,
};
use crate::cuts::Cuts;
use crate::figure::{Choices, Links, SharedView};
use crate::live::Live;
use crate::pages::{GridPage, HomePage, NotFoundPage, StatusPage, WorkflowsPage, grid_of_path};
use crate::regions::Regions;
use crate::session::SessionUpdater;
use crate::snapshot::Snapshot;

/// Every page of Beamdeck. Takes its first state from a [`Snapshot`] in the context.
#[component]
pub fn App() -> impl IntoView {
    let snapshot = use_context::<Snapshot>().unwrap_or_else(Snapshot::empty);
    let live = Live::new(&snapshot);
    provide_context(live.clone());
    let choices = Choices::default();
    provide_context(choices.clone());
    provide_context(Links::new());
    let workspace = Workspace::new();
    provide_context(workspace);
    provide_context(Arranging::part());
    let regions = Regions::new(choices);
    provide_context(regions);
    provide_context(Cuts::new(workspace, regions));
    provide_context(RegionEditing::part());
    provide_context(FigureTools::part());
    view! {
        <Router>
            <Session live snapshot />
            <a class="skip-link" href="#content">
                "Skip to content"
            </a>
            <Header />
            <main id="content" class="page" tabindex="-1">
                <FigureHelp />
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/grids/:id") view=GridPage />
                    <Route path=path!("/status") view=StatusPage />
                    <Route path=path!("/workflows") view=WorkflowsPage />
                </FlatRoutes>
            </main>
            <Dialogs />
            <ToastList />
        </Router>
    }
}

/// Starts the session once the page runs in a browser, and tells it which grid is on the screen.
#[component]
fn Session(live: Live, snapshot: Snapshot) -> impl IntoView {
    let path = use_location().pathname;
    let choices = expect_context::<Choices>();
    let links = expect_context::<Links>();
    let cells = live.cells.clone();
    let teller = live.clone();
    Effect::new(move || {
        choices.restore();
        links.restore();
        open_link(&choices, &teller);
        let (choices, cells) = (choices.clone(), cells.clone());
        visibility::watch(move |sight| {
            if matches!(sight, Sight::Hidden | Sight::Leaving) {
                choices.save(|cell| cells.has(cell));
            }
        });
    });
    let updater = RwSignal::new_local(None::<SessionUpdater>);
    Effect::new(move || {
        let (live, snapshot) = (live.clone(), snapshot.clone());
        let grid = path.with_untracked(|path| grid_of_path(path));
        updater.set(Some(SessionUpdater::start(live, snapshot, grid)));
    });
    Effect::new(move || {
        let grid = path.with(|path| grid_of_path(path));
        if let Some(updater) = updater.get() {
            updater.show(grid);
        }
    });
}

/// Shows what a link says about a plot, if the page was opened by one; the address is plain from then on, so that a
/// reload keeps what was chosen since.
fn open_link(choices: &Choices, live: &Live) {
    match SharedView::of_fragment(&address::fragment()) {
        Ok(None) => return,
        Ok(Some(view)) if live.cells.has(&view.cell) => {
            let cell = view.cell;
            choices.figure(cell).choose(|it| *it = view.chosen);
            address::go_to_cell(&cell.to_string());
        }
        Ok(Some(_)) => live.say("The plot that the link shows does not exist any more.".to_owned()),
        Err(error) => live.say(error.to_string()),
    }
    address::drop_fragment();
}
