//! Everything that is known of a cell's layers, to be read and copied.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{CellId, LayerId};
use shared::topology::Layer;

use crate::arrange::Workspace;
use crate::browser::{clipboard, clock};
use crate::live::{Detail, Live, as_text};

/// A list of facts per layer, in a dialog.
#[component]
pub(crate) fn LayerDetails(
    /// The cell.
    cell: CellId,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ids = live.layers_of.signal(&cell);
    view! {
        <h2 id="dialog-title">"Details"</h2>
        <For each=move || ids.get().unwrap_or_default() key=|id| *id let:id>
            <Facts id />
        </For>
        <div class="dialog-actions">
            <button type="button" class="button" data-testid="cancel" on:click=move |_| close.run(())>
                "Close"
            </button>
        </div>
    }
    .into_any()
}

#[component]
fn Facts(id: LayerId) -> impl IntoView {
    let live = expect_context::<Live>();
    let teller = live.clone();
    let workspace = expect_context::<Workspace>();
    workspace.want_catalogue(&live);
    let details = Memo::new(move |_| {
        let layer: Option<Layer> = live.layers.signal(&id).get();
        let offset = clock::utc_offset_s(live.now.get_untracked());
        let catalogue = workspace.catalogue.get();
        let layer = layer?;
        let plotter = catalogue
            .as_ref()
            .and_then(|it| it.plotter(&layer.config.plotter));
        let details = live.details_of(&layer, plotter.map(|it| &it.schema), offset);
        Some((details, layer.title))
    });
    let title = move || details.get().map(|it| it.1);
    let facts = move || {
        let details = details.get().map(|it| it.0).unwrap_or_default();
        details.into_iter().enumerate().collect::<Vec<_>>()
    };
    let copy = move |_| {
        let Some((details, title)) = details.get_untracked() else {
            return;
        };
        let live = teller.clone();
        spawn_local(async move {
            let is_copied = clipboard::copy(&as_text(&title, &details)).await;
            let (severity, text) = clipboard::outcome("The details", is_copied);
            live.tell(severity, text);
        });
    };
    view! {
        <section class="details" data-testid="details" data-layer=id.to_string()>
            <header class="card-head">
                <h3>{title}</h3>
                <button type="button" class="button" data-testid="copy-details" on:click=copy>
                    "Copy"
                </button>
            </header>
            <dl class="facts">
                // What does not change stays, with what is unfolded of it.
                <For each=facts key=Clone::clone let((_, detail))>
                    <Fact detail />
                </For>
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn Fact(detail: Detail) -> impl IntoView {
    let rest = detail.rest.map(|(name, value)| {
        view! {
            <details data-testid="details-rest">
                <summary>{name}</summary>
                {value}
            </details>
        }
    });
    view! {
        <dt>{detail.name}</dt>
        <dd>{detail.value} {rest}</dd>
    }
}
