//! Offers the spectra of the regions on an image.

use leptos::prelude::*;
use shared::id::CellId;
use shared::notification::Severity;

use super::Icon;
use crate::arrange::Workspace;
use crate::live::Live;
use crate::regions::{Regions, plot_spectra, spectra_output};

/// A button that plots them in the first free place of the grid; none where the workflow makes none.
#[component]
pub(crate) fn RegionSpectra(
    /// The cell with the image.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let regions = expect_context::<Regions>();
    let offered = {
        let live = live.clone();
        Memo::new(move |_| {
            let job = regions.jobs_on(&live, &id).pop()?;
            let workflow = live.workflows.signal(&job.workflow).get()?;
            Some((job, spectra_output(&workflow)?))
        })
    };
    let add = move |_| {
        let grid = live.cells.signal(&id).get_untracked().map(|it| it.grid);
        let (Some(grid), Some((job, output))) = (grid, offered.get_untracked()) else {
            return;
        };
        match workspace.arranged(&live).0.first_free(grid, 1, 1) {
            Some(place) => workspace.edit(&live, "plot spectra of regions".to_owned(), move |it| {
                plot_spectra(it, (grid, place), job, output);
            }),
            None => live.tell(
                Severity::Info,
                "This grid is full: arrange it to have a free place for the spectra".to_owned(),
            ),
        }
    };
    let add = StoredValue::new_local(add);
    view! {
        <Show when=move || offered.with(Option::is_some)>
            <button
                type="button"
                class="button"
                data-testid="region-spectra"
                on:click=move |event| add.with_value(|add| add(event))
            >
                {Icon::Plus.view()}
                "Plot spectra"
            </button>
        </Show>
    }
    .into_any()
}
