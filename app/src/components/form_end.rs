//! How a form in a dialog ends: why it was refused, and what to do with it.

use leptos::prelude::*;

use crate::arrange::Workspace;

/// The refusal, if any, and the buttons.
#[component]
pub(crate) fn FormEnd(
    /// Why it was not carried out.
    refusal: RwSignal<Option<String>>,
    /// What carrying it out is called.
    #[prop(into)]
    verb: Signal<&'static str>,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <div class="form-end">
            <p
                class="form-refusal"
                role="alert"
                data-testid="form-refusal"
                hidden=move || refusal.with(Option::is_none)
            >
                {move || refusal.get()}
            </p>
        <div class="dialog-actions">
            <button type="button" class="button" data-testid="cancel" on:click=move |_| close.run(())>
                "Cancel"
            </button>
            <button
                type="submit"
                class="button button-main"
                data-testid="confirm"
                disabled=move || workspace.is_busy.get()
            >
                {move || verb.get()}
            </button>
        </div>
        </div>
    }
    .into_any()
}
