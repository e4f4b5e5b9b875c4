//! The parameters of a plotter, made from their schema: the right widget, unit, limits and text for each.

use leptos::prelude::*;
use serde_json::Value;
use shared::id::{JobId, RegionId};
use shared::params::{Choice, Field, FieldKind, Group, Schema};
use shared::plot::format::exact;
use shared::topology::JsonText;

use super::set_field::SetParam;
use crate::arrange::Draft;
use crate::live::Live;

/// A group of fields for each group of parameters.
#[component]
pub(crate) fn ParamsForm(
    /// What is chosen.
    draft: RwSignal<Draft>,
    /// What can be.
    schema: Schema,
    /// What is wrong with a field.
    error_of: Callback<String, Option<String>>,
) -> impl IntoView {
    let filled = draft.with_untracked(|it| schema.filled(&it.params));
    let group = |group: Group| {
        let fields = group.fields.iter().map(|field| {
            let value = value_of(&filled, &group.name, field);
            view! { <FieldView draft group=group.name.clone() field=field.clone() value error_of /> }
        });
        let fields = fields.collect_view();
        view! {
            <fieldset class="form-group">
                <legend>{group.title.clone()}</legend>
                <p class="form-text">{group.description.clone()}</p>
                {fields}
            </fieldset>
        }
    };
    schema.groups.into_iter().map(group).collect_view()
}

fn value_of(params: &JsonText, group: &str, field: &Field) -> Value {
    let object = params.object();
    let values = if group.is_empty() {
        Some(object)
    } else {
        object.get(group).and_then(Value::as_object)
    };
    let own = values.and_then(|it| it.get(&field.name));
    own.unwrap_or(&field.default).clone()
}

#[component]
fn FieldView(
    draft: RwSignal<Draft>,
    group: String,
    field: Field,
    value: Value,
    error_of: Callback<String, Option<String>>,
) -> impl IntoView {
    let path = if group.is_empty() {
        field.name.clone()
    } else {
        format!("{group}.{}", field.name)
    };
    let testid = format!("param-{}", path.replace('.', "-"));
    let name = field.name.clone();
    let error = Memo::new(move |_| error_of.run(path.clone()));
    let set = Callback::new(move |value: Value| draft.update(|it| it.set(&group, &name, value)));
    if let FieldKind::Set { options } = &field.kind {
        let options = options.clone();
        return view! { <SetParam field options value testid set error /> }.into_any();
    }
    let is_wrong = Signal::derive(move || error.with(Option::is_some));
    let unit = field.unit.clone();
    let title = unit.map_or_else(
        || field.title.clone(),
        |unit| format!("{} [{unit}]", field.title),
    );
    view! {
        <label class="form-field">
            <span class="form-name">{title}</span>
            {widget(draft, &field, &value, Wiring { testid, set, is_wrong })}
            <span class="form-error">{move || error.get()}</span>
            <span class="form-text">{field.description.clone()}</span>
        </label>
    }
    .into_any()
}

/// How a widget is known, what it writes to, and whether what it holds is wrong.
struct Wiring {
    testid: String,
    set: Callback<Value>,
    is_wrong: Signal<bool>,
}

fn widget(draft: RwSignal<Draft>, field: &Field, value: &Value, wiring: Wiring) -> AnyView {
    match &field.kind {
        FieldKind::Switch => view! {
            <input
                type="checkbox"
                data-testid=wiring.testid
                prop:checked=value.as_bool().unwrap_or_default()
                on:change:target=move |event| wiring.set.run(event.target().checked().into())
            />
        }
        .into_any(),
        FieldKind::Integer { min, max } => {
            number(wiring, (field, value), [min.to_string(), max.to_string()])
        }
        FieldKind::Number { min, max } => {
            number(wiring, (field, value), [min.to_string(), max.to_string()])
        }
        FieldKind::Choice { options } => choices(wiring.testid, options, value, wiring.set),
        // It is a group of fields by itself, not one in a label.
        FieldKind::Set { .. } => ().into_any(),
        FieldKind::Region => {
            let chosen = value.as_str().and_then(|it| it.parse().ok());
            view! { <RegionField draft testid=wiring.testid chosen set=wiring.set /> }.into_any()
        }
        FieldKind::Colour => {
            let chosen = RwSignal::new(value.as_str().unwrap_or_default().to_owned());
            view! { <ColourField testid=wiring.testid chosen set=wiring.set /> }.into_any()
        }
        FieldKind::Text { max_chars } => view! {
            <input
                class="text"
                maxlength=max_chars.to_string()
                aria-invalid=move || wiring.is_wrong.get().then_some("true")
                data-testid=wiring.testid
                prop:value=value.as_str().unwrap_or_default().to_owned()
                on:input:target=move |event| wiring.set.run(event.target().value().into())
            />
        }
        .into_any(),
    }
}

fn choices(testid: String, options: &[Choice], value: &Value, set: Callback<Value>) -> AnyView {
    let chosen = value.as_str().unwrap_or_default().to_owned();
    let option = |option: &Choice| {
        view! {
            <option value=option.value.clone() selected=option.value == chosen>
                {option.title.clone()}
            </option>
        }
    };
    let options = options.iter().map(option).collect_view();
    view! {
        <select
            class="select"
            data-testid=testid
            on:change:target=move |event| set.run(event.target().value().into())
        >
            {options}
        </select>
    }
    .into_any()
}

/// One of the regions on the images of what is plotted, by the names that they have now.
#[component]
fn RegionField(
    draft: RwSignal<Draft>,
    testid: String,
    chosen: Option<RegionId>,
    set: Callback<Value>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let job = Memo::new(move |_| {
        draft.with(|it| JobId {
            workflow: it.source.workflow.clone(),
            source: it.source.sources.first().cloned().unwrap_or_default(),
        })
    });
    let regions = Memo::new(move |_| {
        let ids = live.regions_of.signal(&job.get()).get().unwrap_or_default();
        let named = ids.into_iter().filter_map(|id| {
            let region = live.regions.signal(&id).get()?;
            Some((id, region.name))
        });
        named.collect::<Vec<_>>()
    });
    let chosen = RwSignal::new(chosen);
    let choose = move |value: String| {
        let id = value.parse().ok();
        chosen.set(id);
        set.run(id.map_or(Value::Null, |it: RegionId| it.to_string().into()));
    };
    let options = move || {
        let regions = regions.get();
        let chosen = chosen.get();
        let is_gone = chosen.is_some_and(|id| regions.iter().all(|it| it.0 != id));
        let first = match (is_gone, regions.is_empty()) {
            (true, _) => "The region was removed",
            (false, true) => "Draw a region on the image first",
            (false, false) => "Choose…",
        };
        let each = regions.into_iter().map(|(id, name)| {
            view! {
                <option value=id.to_string() selected=chosen == Some(id)>
                    {name}
                </option>
            }
        });
        view! {
            <option value="" selected=chosen.is_none() || is_gone>
                {first}
            </option>
            {each.collect_view()}
        }
    };
    view! {
        <select
            class="select"
            data-testid=testid
            on:change:target=move |event| choose(event.target().value())
        >
            {options}
        </select>
    }
    .into_any()
}

/// A colour, where one is wanted.
#[component]
fn ColourField(testid: String, chosen: RwSignal<String>, set: Callback<Value>) -> impl IntoView {
    let choose = move |colour: String| {
        chosen.set(colour.clone());
        set.run(colour.into());
    };
    let is_chosen = Memo::new(move |_| chosen.with(|it| !it.is_empty()));
    let switch = move |is_on: bool| {
        let colour = if is_on { FIRST } else { "" };
        choose(colour.to_owned());
    };
    view! {
        <span class="form-boxes">
            <input
                type="checkbox"
                aria-label="A colour of its own"
                data-testid=format!("{testid}-own")
                prop:checked=move || is_chosen.get()
                on:change:target=move |event| switch(event.target().checked())
            />
            <input
                type="color"
                data-testid=testid
                hidden=move || !is_chosen.get()
                prop:value=move || chosen.get()
                on:input:target=move |event| choose(event.target().value())
            />
        </span>
    }
}

/// The colour that is offered first.
const FIRST: &str = "#d62728";

fn number(
    Wiring {
        testid,
        set,
        is_wrong,
    }: Wiring,
    (field, value): (&Field, &Value),
    [min, max]: [String; 2],
) -> AnyView {
    let is_optional = field.is_optional();
    // What is no number is kept as the text it is, so that the check says so at its field.
    let read = move |text: String| match text.parse::<serde_json::Number>() {
        Ok(number) => Value::Number(number),
        Err(_) if is_optional && text.is_empty() => Value::Null,
        Err(_) => Value::String(text),
    };
    let shown = value.as_f64().map(exact);
    view! {
        <input
            type="number"
            class="number"
            step="any"
            placeholder=is_optional.then_some("auto")
            min=min
            max=max
            aria-invalid=move || is_wrong.get().then_some("true")
            data-testid=testid
            prop:value=shown
            on:input:target=move |event| set.run(read(event.target().value()))
        />
    }
    .into_any()
}
