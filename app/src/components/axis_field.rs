//! What lies on an axis of a plot, for plotters that put data there.

use std::sync::Arc;

use leptos::prelude::*;
use shared::job::Workflow;
use shared::plot::Catalogue;
use shared::topology::DataRole;

use crate::arrange::{Draft, axes_of};

/// A field for each axis that the chosen plotter takes.
#[component]
pub(crate) fn AxisFields(
    /// What is chosen.
    draft: RwSignal<Draft>,
    /// What can be plotted how.
    catalogue: Arc<Catalogue>,
    /// What there is to plot.
    workflows: Arc<[Workflow]>,
    /// What is wrong with a field.
    error_of: Callback<String, Option<String>>,
) -> impl IntoView {
    let plotter = Memo::new(move |_| draft.with(|it| it.plotter.clone()));
    move || {
        let plotter = plotter.get();
        let roles = catalogue.plotter(&plotter).map(|it| it.roles.as_slice());
        let axes = roles.unwrap_or_default().iter().map(|it| it.role);
        let fields = axes.filter_map(|role| {
            let (title, testid) = match role {
                DataRole::Primary => return None,
                DataRole::XAxis => ("Along x", "plot-x-axis"),
                DataRole::YAxis => ("Along y", "plot-y-axis"),
            };
            let options = axes_of(&plotter, &workflows, &catalogue);
            let chosen = draft.with_untracked(|it| it.axes.get(&role).cloned());
            let each = options.iter().enumerate().map(|(i, (title, axis))| {
                let is_chosen = chosen.as_ref() == Some(axis);
                view! {
                    <option value=i.to_string() selected=is_chosen>
                        {title.clone()}
                    </option>
                }
            });
            let each = each.collect_view();
            let choose = move |value: String| {
                let index = value.parse::<usize>().ok();
                let axis = index.and_then(|it| options.get(it)).map(|it| it.1.clone());
                draft.update(|it| it.choose_axis(role, axis));
            };
            let view = view! {
                <label class="form-field">
                    <span class="form-name">{title}</span>
                    <select
                        class="select"
                        data-testid=testid
                        on:change:target=move |event| choose(event.target().value())
                    >
                        <option value="" selected=chosen.is_none()>
                            "Choose…"
                        </option>
                        {each}
                    </select>
                    <span class="form-error">
                        {move || error_of.run(role.as_str().to_owned())}
                    </span>
                </label>
            };
            Some(view.into_any())
        });
        fields.collect_view()
    }
}
