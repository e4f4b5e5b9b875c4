//! The settings of one axis: whether it follows the data, and its scale.

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::Scale;

use crate::figure::{Axis, Choices};

/// A switch and a choice of two.
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
                    <span class="segments">
                        <ScaleChoice id axis scale=Scale::Linear label="linear" />
                        <ScaleChoice id axis scale=Scale::Log label="log" />
                    </span>
                </div>
            </Show>
        </fieldset>
    }
    .into_any()
}

#[component]
fn ScaleChoice(id: CellId, axis: Axis, scale: Scale, label: &'static str) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let is_chosen = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| axis.of(&it.view).scale() == scale))
    };
    let choose = move |_| figure.choose(|it| axis.of_mut(&mut it.view).set_scale(scale));
    view! {
        <label>
            <input
                type="radio"
                name=format!("scale-{}-{id}", axis.name())
                data-testid=format!("scale-{}-{label}", axis.name())
                prop:checked=move || is_chosen.get()
                on:change=choose
            />
            {label}
        </label>
    }
}
