//! A text that others may change while it is being written.

use leptos::prelude::*;
use shared::notification::Severity;

use crate::live::Live;

/// A field whose text stays while somebody is in it. Who writes over what others wrote meanwhile is told what that was.
#[component]
pub(crate) fn SharedText(
    /// The text as everybody has it.
    #[prop(into)]
    shared: Signal<String>,
    /// Takes what was written.
    write: Callback<String>,
    /// Its classes.
    class: &'static str,
    /// Its name for tests.
    testid: &'static str,
    /// What it is called where no label does.
    #[prop(optional)]
    name: Option<&'static str>,
    /// What is meant while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Characters at most.
    #[prop(default = 200)]
    max_length: u32,
    /// Which keys a screen shows for it.
    #[prop(default = "text")]
    keys: &'static str,
    /// Whether what was written could not be taken: it stays to be mended.
    #[prop(optional, into)]
    is_wrong: Signal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    // What the field shows while somebody is in it, or has to mend it.
    let held = RwSignal::new(None::<String>);
    let shown = Memo::new(move |_| held.get().unwrap_or_else(|| shared.get()));
    // The text as everybody had it when the field was entered.
    let seen = StoredValue::new(None::<String>);
    let is_inside = RwSignal::new(false);
    // What stands in the field, as soon as it is not what it was entered with.
    let typed = StoredValue::new(None::<String>);
    tell_when_gone(live.clone(), typed);
    let enter = move |_| {
        is_inside.set(true);
        let text = shared.get_untracked();
        seen.set_value(Some(text.clone()));
        if !is_wrong.get_untracked() {
            held.set(Some(text));
        }
    };
    Effect::new(move || {
        if !is_inside.get() && !is_wrong.get() {
            held.set(None);
        }
    });
    // A field that is taken away is left, too, when nothing of it is there any more.
    let leave = move |_| {
        typed.try_set_value(None);
        is_inside.try_set(false);
    };
    let take = move |text: String| {
        let Some(theirs) = shared.try_get_untracked() else {
            return;
        };
        typed.set_value(None);
        held.set(Some(text.clone()));
        let before = seen.try_update_value(Option::take).flatten();
        if before.is_some_and(|it| it != theirs) && text != theirs {
            live.tell(
                Severity::Warning,
                format!("Somebody else wrote {theirs:?} meanwhile: that is replaced by {text:?}"),
            );
        }
        write.run(text);
    };
    view! {
        <input
            class=class
            aria-label=name
            data-testid=testid
            maxlength=max_length
            inputmode=keys
            aria-invalid=move || is_wrong.get().then_some("true")
            placeholder=move || placeholder.get()
            prop:value=move || shown.get()
            on:focus=enter
            on:input:target=move |event| {
                typed.try_set_value(Some(event.target().value()));
            }
            on:blur=leave
            on:change:target=move |event| take(event.target().value())
        />
    }
    .into_any()
}

/// Tells what stood in a field that goes from under the hand: with a plot or a grid that somebody removed.
fn tell_when_gone(live: Live, typed: StoredValue<Option<String>>) {
    on_cleanup(move || {
        if let Some(text) = typed.try_get_value().flatten() {
            live.tell(
                Severity::Warning,
                format!("What you were writing into is gone. You had written {text:?}"),
            );
        }
    });
}
