//! Commands found by typing.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::Commands;
use crate::arrange::{Action, Dialog, Offer, find_offers};
use crate::browser::focus;
use crate::pages::grid_of_path;

/// A field and the commands that fit what it says; one of them is chosen.
#[component]
pub(crate) fn Palette(
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let commands = Commands::of_page();
    let workspace = commands.workspace;
    let grid = grid_of_path(&use_location().pathname.get_untracked());
    // What is offered does not change under the eyes of who chooses.
    let offers = RwSignal::new(untrack(|| commands.offers(grid)));
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| offers.with(|it| find_offers(it, &typed.get())));
    let chosen = RwSignal::new(0_usize);
    let navigate = StoredValue::new_local(use_navigate());
    let run = Callback::new(move |offer: Offer| {
        if let Action::Ask(answers) = offer.action {
            typed.set(String::new());
            chosen.set(0);
            return offers.set(answers);
        }
        // Some of it comes when this dialog is gone.
        let go = navigate.get_value();
        commands.carry_out(offer.action, move |to| go(to, NavigateOptions::default()));
        // Where it led to another dialog, that one has taken this one's place.
        if workspace.dialog.get_untracked() == Some(Dialog::Palette) {
            close.run(());
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let (at, count) = (chosen.get_untracked(), found.with_untracked(Vec::len));
        let offer = found.with_untracked(|it| it.get(at).cloned());
        match (event.key().as_str(), offer) {
            ("ArrowDown", _) => choose(chosen, (at + 1) % count.max(1)),
            ("ArrowUp", _) => choose(
                chosen,
                at.checked_sub(1).unwrap_or_else(|| count.saturating_sub(1)),
            ),
            ("Enter", Some(offer)) => run.run(offer),
            _ => return,
        }
        event.prevent_default();
    };
    let options = move || {
        let found = found.get().into_iter().enumerate();
        found
            .map(|(at, offer)| view! { <PaletteOption at offer chosen run /> })
            .collect_view()
    };
    view! {
        <h2 id="dialog-title" class="visually-hidden">
            "Commands"
        </h2>
        <Field typed chosen found on:keydown=on_key />
        <ul id="palette-list" class="palette" role="listbox" aria-label="Commands">
            {options}
        </ul>
        <p class="dialog-text" role="status" data-testid="palette-none">
            {move || found.with(Vec::is_empty).then_some("Nothing fits: try fewer letters.")}
        </p>
    }
    .into_any()
}

/// Where one types; assistive technology hears which command is chosen.
#[component]
fn Field(
    typed: RwSignal<String>,
    chosen: RwSignal<usize>,
    found: Memo<Vec<Offer>>,
) -> impl IntoView {
    let active = move || {
        found
            .with(|it| !it.is_empty())
            .then(|| option_id(chosen.get()))
    };
    view! {
        <input
            class="text palette-field"
            role="combobox"
            aria-label="Command"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-autocomplete="list"
            aria-activedescendant=active
            autocomplete="off"
            placeholder="Type what you want to do"
            data-testid="palette-field"
            prop:value=move || typed.get()
            on:input:target=move |event| {
                typed.set(event.target().value());
                chosen.set(0);
            }
        />
    }
    .into_any()
}

#[component]
fn PaletteOption(
    at: usize,
    offer: Offer,
    chosen: RwSignal<usize>,
    run: Callback<Offer>,
) -> impl IntoView {
    let (name, key) = (offer.name.clone(), offer.key);
    view! {
        <li
            id=option_id(at)
            class="palette-option"
            role="option"
            aria-selected=move || (chosen.get() == at).to_string()
            data-testid="palette-option"
            on:pointerenter=move |_| chosen.set(at)
            on:click=move |_| run.run(offer.clone())
        >
            <span>{name}</span>
            {(!key.is_empty()).then(|| view! { <kbd>{key}</kbd> })}
        </li>
    }
    .into_any()
}

fn choose(chosen: RwSignal<usize>, at: usize) {
    chosen.set(at);
    focus::bring_into_view(&option_id(at));
}

fn option_id(at: usize) -> String {
    format!("palette-{at}")
}
