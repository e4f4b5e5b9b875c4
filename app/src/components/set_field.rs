//! Some of several things: a box for each, and all or none at once.

use leptos::prelude::*;
use serde_json::Value;
use shared::params::{Choice, Field};

/// A group of boxes in a form.
#[component]
pub(crate) fn SetField(
    /// What people call it.
    #[prop(into)]
    title: String,
    /// What each box is called in tests.
    #[prop(into)]
    testid: String,
    /// What begins the names of the buttons for all of them and for none.
    #[prop(into)]
    bulk: String,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// Whether one is chosen.
    is_chosen: Callback<String, bool>,
    /// Chooses one, or no longer.
    choose: Callback<(String, bool)>,
    /// Chooses all, or none.
    choose_all: Callback<bool>,
    /// Whether all can be chosen at once.
    #[prop(into)]
    has_bulk: Signal<bool>,
    /// What is wrong.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// What it is for.
    #[prop(optional)]
    text: String,
) -> impl IntoView {
    let error_id = format!("{bulk}-error");
    let described_by = error_id.clone();
    let boxes = move || {
        let each = options.get().into_iter().map(|Choice { value, title }| {
            let own = value.clone();
            let is_on = Memo::new(move |_| is_chosen.run(own.clone()));
            let name = value.clone();
            view! {
                <label class="switch">
                    <input
                        type="checkbox"
                        data-testid=testid.clone()
                        value=value
                        prop:checked=move || is_on.get()
                        on:change:target=move |event| {
                            choose.run((name.clone(), event.target().checked()));
                        }
                    />
                    {title}
                </label>
            }
        });
        each.collect_view()
    };
    let button = |name: &'static str, are_all: bool| {
        let testid = format!("{bulk}-{}", name.to_lowercase());
        view! {
            <button
                type="button"
                class="button"
                data-testid=testid
                on:click=move |_| choose_all.run(are_all)
            >
                {name}
            </button>
        }
    };
    view! {
        <fieldset class="form-field" aria-describedby=described_by>
            <legend class="form-name">{title}</legend>
            <div class="form-boxes">
                {boxes} <span class="form-boxes" hidden=move || !has_bulk.get()>
                    {button("All", true)}
                    {button("None", false)}
                </span>
            </div>
            <span class="form-error" id=error_id>
                {move || error.get()}
            </span>
            <span class="form-text">{text}</span>
        </fieldset>
    }
    .into_any()
}

/// The same for a parameter.
#[component]
pub(super) fn SetParam(
    /// The parameter.
    field: Field,
    /// What there is to choose from.
    options: Vec<Choice>,
    /// What is chosen at first.
    value: Value,
    /// What it is called in tests.
    testid: String,
    /// Takes what is chosen, in the order of the options.
    set: Callback<Value>,
    /// What is wrong.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let chosen = value.as_array().into_iter().flatten();
    let chosen: Vec<String> = chosen
        .filter_map(|it| Some(it.as_str()?.to_owned()))
        .collect();
    let chosen = RwSignal::new(chosen);
    let options = StoredValue::new(options);
    let keep = move |is_wanted: &dyn Fn(&str) -> bool| {
        let values = options.with_value(|it| {
            let values = it.iter().map(|it| it.value.clone());
            values.filter(|it| is_wanted(it)).collect::<Vec<_>>()
        });
        chosen.set(values.clone());
        set.run(values.into());
    };
    let choose = move |(name, is_on): (String, bool)| {
        let before = chosen.get_untracked();
        keep(&|it| {
            if it == name {
                is_on
            } else {
                before.iter().any(|was| was == it)
            }
        });
    };
    let has_bulk = options.with_value(|it| it.len() > 2);
    view! {
        <SetField
            title=field.title
            testid=testid.clone()
            bulk=testid
            options=Signal::derive(move || options.get_value())
            is_chosen=Callback::new(move |name: String| chosen.with(|it| it.contains(&name)))
            choose=Callback::new(choose)
            choose_all=Callback::new(move |are_all| keep(&|_| are_all))
            has_bulk
            error
            text=field.description
        />
    }
}
