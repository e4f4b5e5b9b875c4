//! What is read out of a figure, and whether it moves together with others.

use leptos::prelude::*;
use shared::id::CellId;

use crate::figure::{Choices, Links};

/// Two switches: one for this figure, one for all of the page.
#[component]
pub(crate) fn ReadingControls(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let links = expect_context::<Links>();
    let shows_peak = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| it.shows_peak))
    };
    view! {
        <fieldset class="control-group">
            <legend>"Reading"</legend>
            <div class="control-row">
                <label class="switch">
                    <input
                        type="checkbox"
                        data-testid="show-peak"
                        prop:checked=move || shows_peak.get()
                        on:change:target=move |event| {
                            let on = event.target().checked();
                            figure.choose(|it| it.shows_peak = on);
                        }
                    />
                    "Peak in sight"
                </label>
            </div>
            <div class="control-row">
                <label class="switch" title="Cross-hair and zoom go to all plots with the same axes">
                    <input
                        type="checkbox"
                        data-testid="link-plots"
                        prop:checked=move || links.is_on.get()
                        on:change:target=move |event| links.set(event.target().checked())
                    />
                    "Link all plots by their axes"
                </label>
            </div>
        </fieldset>
    }
    .into_any()
}
