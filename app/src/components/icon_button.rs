//! A button that shows nothing but an icon.

use leptos::prelude::*;

use super::Icon;

/// Says what it does to assistive technology and in its tooltip.
#[component]
pub(crate) fn IconButton(
    /// What it shows.
    #[prop(into)]
    icon: Signal<Icon>,
    /// What it does.
    #[prop(into)]
    name: Signal<String>,
    /// Its name for tests.
    testid: &'static str,
    /// Whether it does nothing now.
    #[prop(optional, into)]
    is_off: Signal<bool>,
    /// Runs when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=move || name.get()
            title=move || name.get()
            data-testid=testid
            disabled=move || is_off.get()
            on:click=move |_| on_press.run(())
        >
            {move || icon.get().view()}
        </button>
    }
    .into_any()
}
