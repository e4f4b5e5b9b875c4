//! The ways to begin a grid, to choose from.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::plot::format::date_time;
use shared::topology::KeptTemplate;

use crate::arrange::{Beginning, BeginningKey, Beginnings, Workspace};
use crate::browser::timer::{self, Timeout};
use crate::browser::{clock, focus, visibility};
use crate::live::Live;
use crate::session::fetch_templates;

/// How often it is asked which templates others keep.
const PERIOD_MS: u32 = 3_000;

/// What there is to choose from, and what is chosen.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    /// What there is.
    pub(super) beginnings: RwSignal<Beginnings>,
    /// Which one is.
    pub(super) chosen: RwSignal<BeginningKey>,
    /// When it is asked next which templates there are; whoever asks anew puts that off.
    next: StoredValue<Option<Timeout>, LocalStorage>,
    /// How often it was asked: only the newest answer counts.
    n_asked: StoredValue<u32>,
}

impl Choice {
    /// The empty grid, and soon the templates: they are asked for at once, after each step of this page that may have
    /// changed them, and again and again while somebody sees the form, since others keep and remove some.
    pub(super) fn new(live: Live, workspace: Workspace) -> Self {
        let choice = Self {
            beginnings: RwSignal::new(Beginnings::default()),
            chosen: RwSignal::new(BeginningKey::Empty),
            next: StoredValue::new_local(None),
            n_asked: StoredValue::new(0),
        };
        let removed = Memo::new(move |_| workspace.removed_template());
        Effect::new(move || {
            removed.track();
            choice.ask(live.clone(), true);
        });
        choice
    }

    /// A failure is told once, not over and over.
    fn ask(self, live: Live, is_told: bool) {
        let n = self.n_asked.try_update_value(|it| {
            *it += 1;
            *it
        });
        spawn_local(async move {
            let told = fetch_templates().await;
            // Meanwhile it may have been asked anew, or the form be gone.
            if self.n_asked.try_get_value() != n {
                return;
            }
            let is_told = match told {
                Ok(templates) => {
                    let chosen = self.chosen.get_untracked();
                    self.beginnings.update(|it| it.renew(templates, chosen));
                    true
                }
                Err(error) => {
                    if is_told {
                        live.say(format!("Templates could not be loaded: {error}"));
                    }
                    false
                }
            };
            self.ask_later(live, is_told);
        });
    }

    fn ask_later(self, live: Live, is_told: bool) {
        let ask = move || {
            if visibility::is_hidden() {
                self.ask_later(live, is_told);
            } else {
                self.ask(live, is_told);
            }
        };
        self.next.try_set_value(Some(Timeout::new(PERIOD_MS, ask)));
    }
}

/// One of them is chosen.
#[component]
pub(super) fn BeginningList(
    /// What there is to choose from.
    choice: Choice,
) -> impl IntoView {
    let all = move || choice.beginnings.with(|it| it.all().to_vec());
    view! {
        <fieldset class="form-group">
            <legend>"Begin with"</legend>
            <For each=all key=|it| it.key let:beginning>
                <Row choice beginning />
            </For>
            <Removed />
        </fieldset>
    }
    .into_any()
}

#[component]
fn Row(choice: Choice, beginning: Beginning) -> impl IntoView {
    let Beginning {
        key,
        title,
        text,
        kept,
        ..
    } = beginning;
    let Choice {
        beginnings, chosen, ..
    } = choice;
    let is_gone = Memo::new(move |_| beginnings.with(|it| it.get(key).is_none_or(|it| it.is_gone)));
    let kept = kept.map(|kept| view! { <Kept choice kept title=title.clone() is_gone /> });
    view! {
        <div class="choice-row">
            <label class="choice">
                <input
                    type="radio"
                    name="beginning"
                    data-testid="grid-beginning"
                    prop:checked=move || chosen.get() == key
                    on:change=move |_| chosen.set(key)
                />
                <span>{title}</span>
                <span class="form-text">{text}</span>
            </label>
            {kept}
        </div>
    }
    .into_any()
}

/// Who keeps a template, and the way to let it go; once it is gone, that it is.
#[component]
fn Kept(choice: Choice, kept: KeptTemplate, title: String, is_gone: Memo<bool>) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let offset_s = clock::utc_offset_s(kept.time_ns);
    // To the minute.
    let mut since = date_time(kept.time_ns.0, offset_s, 0);
    since.truncate(since.len().saturating_sub(3));
    let by = match kept.by.as_str() {
        "" => "a script",
        name => name,
    };
    let told = format!("Kept here by {by}, {since}");
    let told = move || {
        if is_gone.get() {
            "Removed by somebody meanwhile. It can still be added from here.".to_owned()
        } else {
            told.clone()
        }
    };
    let remove = move |_| {
        workspace.remove_template(&live, kept.id, move || {
            let key = BeginningKey::Kept(kept.id);
            if choice.chosen.try_get_untracked() == Some(key) {
                choice.chosen.set(BeginningKey::Empty);
            }
            choice.beginnings.try_update(|it| it.forget(key));
            spawn_local(async {
                timer::pause(0).await;
                focus::give(UNDO);
            });
        });
    };
    view! {
        <span class="form-text" data-testid="template-kept">
            {told}
        </span>
        <button
            type="button"
            class="button"
            hidden=move || is_gone.get()
            disabled=move || workspace.is_busy.get()
            aria-label=format!("Remove the template {title} for everybody")
            data-testid="template-remove"
            on:click=remove
        >
            "Remove"
        </button>
    }
    .into_any()
}

/// The template that this page let go last, as long as the next step back would bring it back.
#[component]
fn Removed() -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let removed = Memo::new(move |_| workspace.removed_template());
    let undo = move || {
        workspace.undo(&live);
        focus::catch();
    };
    let notice = move || {
        let title = removed.get()?.title.clone();
        let undo = undo.clone();
        Some(view! {
            <span>{format!("{title} was removed for everybody.")}</span>
            <button
                type="button"
                class="button"
                id=UNDO
                aria-label=format!("Undo: remove the template {title}")
                data-testid="template-undo"
                on:click=move |_| undo()
            >
                "Undo"
            </button>
        })
    };
    view! {
        <p class="choice-removed" role="status" data-testid="template-removed">
            {notice}
        </p>
    }
    .into_any()
}

/// What brings a template back.
const UNDO: &str = "template-undo";
