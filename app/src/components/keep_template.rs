//! Keeps a grid as a template, which anybody may add again.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{GridId, TemplateId};
use shared::notification::Severity;
use shared::topology::{MAX_DESCRIPTION_CHARS, MAX_TITLE_CHARS, NewTemplate};

use super::FormEnd;
use crate::live::Live;
use crate::session::{keep_template, own_name};

/// A form in a dialog.
#[component]
pub(crate) fn KeepTemplate(
    /// The grid.
    grid: GridId,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let its = live.grids.signal(&grid).get_untracked();
    let title = RwSignal::new(its.map_or_else(String::new, |it| it.title));
    let description = RwSignal::new(String::new());
    let refusal = RwSignal::new(None::<String>);
    // One for as long as the form is open: whoever tries again after a lost answer keeps it once.
    let id = TemplateId::random();
    let keep = move || {
        let new = NewTemplate {
            grid,
            title: title.get_untracked(),
            description: description.get_untracked(),
            by: own_name(),
        };
        let live = live.clone();
        spawn_local(async move {
            match keep_template(id, &new).await {
                Ok(()) => {
                    let title = new.title.trim();
                    live.tell(
                        Severity::Info,
                        format!("{title} is kept: Add grid offers it to everybody"),
                    );
                    close.try_run(());
                }
                Err(error) => drop(refusal.try_set(Some(format!("It is not kept: {error}")))),
            }
        });
    };
    view! {
        <h2 id="dialog-title">"Keep as template"</h2>
        <form
            class="plot-form"
            on:submit=move |event| {
                event.prevent_default();
                keep();
            }
        >
            <p class="dialog-text">
                "The grid as it is now, with its plots and their parameters. What changes in it later does not change the template."
            </p>
            <Texts title description />
            <FormEnd refusal verb="Keep" close />
        </form>
    }
    .into_any()
}

/// What the template is called and what it is for.
#[component]
fn Texts(title: RwSignal<String>, description: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="form-field">
            <span class="form-name">"Title"</span>
            <input
                class="text"
                required
                maxlength=MAX_TITLE_CHARS
                data-testid="template-title"
                prop:value=move || title.get()
                on:input:target=move |event| title.set(event.target().value())
            />
        </label>
        <label class="form-field">
            <span class="form-name">"Description"</span>
            <input
                class="text"
                maxlength=MAX_DESCRIPTION_CHARS
                placeholder="What it is for"
                data-testid="template-description"
                on:input:target=move |event| description.set(event.target().value())
            />
        </label>
    }
}
