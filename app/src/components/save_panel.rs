//! What is saved of a cell, and what is passed on: pictures, data, a link, details.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::CellId;
use shared::topology::Layer;

use crate::arrange::{Dialog, Workspace};
use crate::figure::{Choices, Links, PictureFormat, copy_link, save_picture};
use crate::live::Live;
use crate::session::{DataContent, DataFormat, save_data};

/// Everything that can be saved or shared of a cell.
#[component]
pub(crate) fn SavePanel(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    view! {
        <Pictures id />
        <Data id />
        <Sharing id />
    }
    .into_any()
}

#[component]
fn Pictures(id: CellId) -> impl IntoView {
    let live = expect_context::<Live>();
    let links = expect_context::<Links>();
    let is_white = RwSignal::new(true);
    let button = move |format: PictureFormat| {
        let live = live.clone();
        let save = move |_| save_picture(&live, links, id, format, is_white.get_untracked());
        view! {
            <button
                type="button"
                class="button"
                data-testid=format!("save-{}", format.extension())
                on:click=save
            >
                {format.title()}
            </button>
        }
    };
    view! {
        <fieldset class="control-group">
            <legend>"Picture"</legend>
            <div class="control-row">{[PictureFormat::Png, PictureFormat::Svg].map(button)}</div>
            <div class="control-row">
                <label class="switch">
                    <input
                        type="checkbox"
                        data-testid="save-white"
                        prop:checked=move || is_white.get()
                        on:change:target=move |event| is_white.set(event.target().checked())
                    />
                    "On white"
                </label>
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Data(id: CellId) -> impl IntoView {
    let live = expect_context::<Live>();
    let layers = move || {
        let mut layers = live.layers_in(&id);
        layers.retain(|it| !it.config.sources.is_empty());
        layers
    };
    let has_data = {
        let layers = layers.clone();
        Memo::new(move |_| !layers().is_empty())
    };
    let content = RwSignal::new(DataContent::default());
    let option = move |it: DataContent| view! { <ContentOption id it content /> };
    view! {
        <fieldset class="control-group" hidden=move || !has_data.get()>
            <legend>"Data"</legend>
            {DataContent::ALL.map(option)}
            <For each=layers key=|it| it.id let:layer>
                <LayerData layer content />
            </For>
        </fieldset>
    }
    .into_any()
}

/// One way to understand what the data of a cell are.
#[component]
fn ContentOption(id: CellId, it: DataContent, content: RwSignal<DataContent>) -> impl IntoView {
    let described_by = format!("save-what-{}-{id}", it.name());
    view! {
        <div>
            <label class="switch">
                <input
                    type="radio"
                    name=format!("save-what-{id}")
                    aria-describedby=described_by.clone()
                    data-testid=format!("save-what-{}", it.name())
                    prop:checked=move || content.get() == it
                    on:change=move |_| content.set(it)
                />
                {it.title()}
            </label>
            <p id=described_by class="control-hint">
                {it.description()}
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn LayerData(layer: Layer, content: RwSignal<DataContent>) -> impl IntoView {
    let live = expect_context::<Live>();
    let title = layer.title.clone();
    let button = move |format: DataFormat| {
        let (live, layer) = (live.clone(), layer.clone());
        let save = move |_| {
            let (live, layer) = (live.clone(), layer.clone());
            let content = content.get_untracked();
            spawn_local(async move { save_data(&live, &layer, format, content).await });
        };
        view! {
            <button
                type="button"
                class="button"
                data-testid=format!("save-{}", format.extension())
                on:click=save
            >
                {format.title()}
            </button>
        }
    };
    view! {
        <p class="control-text">{title}</p>
        <div class="control-row">{DataFormat::ALL.map(button)}</div>
    }
    .into_any()
}

#[component]
fn Sharing(id: CellId) -> impl IntoView {
    let live = expect_context::<Live>();
    let choices = expect_context::<Choices>();
    let workspace = expect_context::<Workspace>();
    let copy = move |_| {
        let (live, figure) = (live.clone(), choices.figure(id));
        spawn_local(async move { copy_link(&live, id, &figure).await });
    };
    view! {
        <fieldset class="control-group">
            <legend>"Share"</legend>
            <div class="control-row">
                <button type="button" class="button" data-testid="copy-link" on:click=copy>
                    "Copy link"
                </button>
                <button
                    type="button"
                    class="button"
                    data-testid="show-details"
                    on:click=move |_| workspace.dialog.set(Some(Dialog::Details(id)))
                >
                    "Details"
                </button>
            </div>
        </fieldset>
    }
    .into_any()
}
