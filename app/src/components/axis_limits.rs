//! What is rarely set of an axis: its limits as numbers, where a symmetric scale is linear, how many labels it has.

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::{AxisView, Scale, Threshold};

use crate::figure::{Axis, Choices, FigureHandle, Refusals};

/// Fields behind a fold. What is typed is applied when a field is left or Enter is pressed, if it can be.
#[component]
pub(crate) fn AxisLimits(
    /// The cell.
    id: CellId,
    /// The axis.
    axis: Axis,
) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let (reading, unit) = figure.limits(axis);
    let class = match reading.utc_offset_s {
        Some(_) => "control-row limits-of-time",
        None => "control-row",
    };
    let typed = RwSignal::new([String::new(), String::new()]);
    let refusals = RwSignal::new(Refusals::default());
    // What is shown is written anew after somebody chose something, and not as live data move the axis.
    {
        let figure = figure.clone();
        Effect::new(move || {
            figure.track_settled();
            typed.set(figure.limits(axis).0.written());
            refusals.set(Refusals::default());
        });
    }
    let apply = {
        let figure = figure.clone();
        Callback::new(move |(end, text): (usize, String)| {
            typed.update(|it| it[end] = text);
            let [lo, hi] = typed.get_untracked();
            match figure.limits(axis).0.read([&lo, &hi]) {
                Ok(range) => figure.choose(|it| axis.of_mut(&mut it.view).show(range)),
                Err(why) => refusals.set(why),
            }
        })
    };
    let name = axis.name();
    let end = move |index: usize| view! { <End id axis index typed refusals apply /> };
    view! {
        <details class="control-more" data-testid=format!("more-{name}")>
            <summary>"Limits and labels"</summary>
            <div class=class>
                {end(0)}
                <span aria-hidden="true">"to"</span>
                {end(1)}
                <span class="control-unit">{unit}</span>
            </div>
            <LimitError id axis refusals />
            <ThresholdField figure=figure.clone() axis />
            <LabelsField figure axis />
        </details>
    }
    .into_any()
}

/// The name of one of the two limits.
fn end_name(index: usize) -> &'static str {
    if index == 0 { "min" } else { "max" }
}

#[component]
fn End(
    id: CellId,
    axis: Axis,
    index: usize,
    typed: RwSignal<[String; 2]>,
    refusals: RwSignal<Refusals>,
    apply: Callback<(usize, String)>,
) -> impl IntoView {
    let which = if index == 0 { "lower" } else { "upper" };
    view! {
        <input
            type="text"
            class="number limit"
            inputmode="text"
            autocomplete="off"
            spellcheck="false"
            aria-label=format!("{}, {which} limit", axis.title())
            aria-invalid=move || refusals.with(|it| it[index].is_some()).to_string()
            aria-describedby=error_id(id, axis)
            data-testid=format!("limit-{}-{}", axis.name(), end_name(index))
            prop:value=move || typed.with(|it| it[index].clone())
            on:change:target=move |event| apply.run((index, event.target().value()))
        />
    }
}

fn error_id(id: CellId, axis: Axis) -> String {
    format!("limit-error-{}-{id}", axis.name())
}

#[component]
fn LimitError(id: CellId, axis: Axis, refusals: RwSignal<Refusals>) -> impl IntoView {
    let said = move || {
        let said = refusals.get();
        let told = ["The lower limit", "The upper limit"].into_iter().zip(said);
        let told = told.filter_map(|(which, why)| Some(format!("{which} {}.", why?)));
        told.collect::<Vec<_>>().join(" ")
    };
    view! {
        <p
            id=error_id(id, axis)
            class="control-error"
            role="alert"
            data-testid=format!("limit-error-{}", axis.name())
        >
            {said}
        </p>
    }
}

/// Up to which amount a symmetric logarithmic scale is linear.
#[component]
fn ThresholdField(figure: FigureHandle, axis: Axis) -> impl IntoView {
    let threshold = {
        let figure = figure.clone();
        Memo::new(move |_| match figure.read(|it| axis.of(&it.view).scale()) {
            Scale::Symlog(threshold) => Some(threshold),
            _ => None,
        })
    };
    let is_refused = RwSignal::new(false);
    let set = Callback::new(move |text: String| {
        let read = text.trim().parse().ok().and_then(Threshold::new);
        is_refused.set(read.is_none());
        if let Some(read) = read {
            figure.choose(|it| axis.of_mut(&mut it.view).set_scale(Scale::Symlog(read)));
        }
    });
    view! {
        <Show when=move || threshold.get().is_some()>
            <label class="control-row">
                <span>"Linear up to ±"</span>
                <input
                    type="text"
                    class="number"
                    autocomplete="off"
                    aria-invalid=move || is_refused.get().to_string()
                    data-testid=format!("threshold-{}", axis.name())
                    prop:value=move || threshold.get().map(|it| it.value().to_string())
                    on:change:target=move |event| set.run(event.target().value())
                />
                <span class="control-error" hidden=move || !is_refused.get()>
                    "a number above 0"
                </span>
            </label>
        </Show>
    }
    .into_any()
}

/// How many labels there are at most.
#[component]
fn LabelsField(figure: FigureHandle, axis: Axis) -> impl IntoView {
    let labels = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| axis.of(&it.view).labels()))
    };
    let is_refused = RwSignal::new(false);
    let set = move |text: String| {
        let read = text
            .trim()
            .parse()
            .ok()
            .filter(|it| AxisView::LABELS.contains(it));
        let is_auto = text.trim().is_empty();
        is_refused.set(read.is_none() && !is_auto);
        if read.is_some() || is_auto {
            figure.choose(|it| axis.of_mut(&mut it.view).set_labels(read));
        }
    };
    view! {
        <label class="control-row">
            <span>"Labels at most"</span>
            <input
                type="text"
                class="number"
                inputmode="numeric"
                placeholder="auto"
                autocomplete="off"
                aria-invalid=move || is_refused.get().to_string()
                data-testid=format!("labels-{}", axis.name())
                prop:value=move || labels.get().map(|it| it.to_string())
                on:change:target=move |event| set(event.target().value())
            />
            <span class="control-error" hidden=move || !is_refused.get()>
                "2 to 20, or nothing"
            </span>
        </label>
    }
    .into_any()
}
