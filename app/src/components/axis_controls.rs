//! The settings of one axis: whether it follows the data, its scale, its limits.

use leptos::prelude::*;
use shared::id::CellId;

use super::AxisLimits;
use crate::figure::{Axis, Choices};
use shared::plot::ScaleKind;

/// A switch, a choice of scales, and what is rarely set.
#[component]
pub(crate) fn AxisControls(
    /// The cell.
    id: CellId,
    /// The axis.
    axis: Axis,
    /// Whether there is no other scale, as along time.
    #[prop(into)]
    only_linear: Signal<bool>,
) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let follows = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| axis.of(&it.view).follows()))
    };
    let set_follows = {
        let figure = figure.clone();
        move |on: bool| {
            figure.choose(|it| {
                let view = axis.of_mut(&mut it.view);
                if on { view.resume() } else { view.hold() }
            });
        }
    };
    let name = axis.name();
    let choices = move || ScaleKind::ALL.map(|kind| view! { <ScaleChoice id axis kind /> });
    view! {
        <fieldset class="control-group" data-testid=format!("axis-{name}")>
            <legend>{axis.title()}</legend>
            <div class="control-row">
                <label class="switch">
                    <input
                        type="checkbox"
                        data-testid=format!("follow-{name}")
                        prop:checked=move || follows.get()
                        on:change:target=move |event| set_follows(event.target().checked())
                    />
                    "Autoscale"
                </label>
            </div>
            <Show when=move || !only_linear.get()>
                <div class="control-row">
                    <span class="segments">{choices()}</span>
                </div>
            </Show>
            <AxisLimits id axis />
        </fieldset>
    }
    .into_any()
}

#[component]
fn ScaleChoice(id: CellId, axis: Axis, kind: ScaleKind) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let is_chosen = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| ScaleKind::of(axis.of(&it.view).scale()) == kind))
    };
    let label = kind.name();
    view! {
        <label>
            <input
                type="radio"
                name=format!("scale-{}-{id}", axis.name())
                data-testid=format!("scale-{}-{label}", axis.name())
                prop:checked=move || is_chosen.get()
                on:change=move |_| figure.choose_scale(axis, kind)
            />
            {label}
        </label>
    }
}
