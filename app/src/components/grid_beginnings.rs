//! The ways to begin a grid: empty, or from what an instrument brings, people keep, or a file holds.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::TemplateId;
use shared::plot::format::date_time;
use shared::topology::{GridDraft, KeptTemplate, Template};

use crate::browser::{clock, fetch, focus};
use crate::live::Live;
use crate::session::remove_template;

/// Where the empty grid stands among the ways to begin.
pub(super) const EMPTY: usize = 0;

/// One way to begin: what people choose it by, and the grids that it brings.
#[derive(Clone, Debug)]
pub(super) struct Beginning {
    title: String,
    text: String,
    kept: Option<KeptTemplate>,
    pub(super) drafts: Vec<GridDraft>,
}

impl Beginning {
    pub(super) fn empty() -> Self {
        Self {
            title: "Empty grid".to_owned(),
            text: "To be filled.".to_owned(),
            kept: None,
            drafts: Vec::new(),
        }
    }

    fn of(draft: GridDraft) -> Self {
        let title = draft.grid().map_or_else(String::new, |it| it.title.clone());
        Self {
            title,
            text: draft.description.clone().unwrap_or_default(),
            kept: None,
            drafts: vec![draft],
        }
    }

    fn of_template(template: Template) -> Self {
        Self {
            kept: template.kept,
            ..Self::of(template.draft)
        }
    }

    /// The grids of a file, each alone and all together.
    pub(super) fn of_file(name: &str, drafts: Vec<GridDraft>) -> Vec<Self> {
        let from = format!("From {name}.");
        let mut each: Vec<Self> = drafts.iter().cloned().map(Self::of).collect();
        for it in &mut each {
            it.text.clone_from(&from);
        }
        if drafts.len() > 1 {
            let title = format!("All {} grids", drafts.len());
            let text = from;
            each.insert(
                0,
                Self {
                    title,
                    text,
                    kept: None,
                    drafts,
                },
            );
        }
        each
    }
}

/// Asks for the templates there are.
pub(super) fn want_templates(live: Live, beginnings: RwSignal<Vec<Beginning>>) {
    Effect::new(move || {
        let live = live.clone();
        spawn_local(async move {
            match fetch::get_json::<Vec<Template>>("/api/v1/templates").await {
                Ok(templates) => {
                    let templates = templates.into_iter().map(Beginning::of_template);
                    // The dialog may be closed by now.
                    beginnings.try_update(|it| it.extend(templates));
                }
                Err(error) => live.say(format!("Templates could not be loaded: {error}")),
            }
        });
    });
}

/// One of them is chosen.
#[component]
pub(super) fn Beginnings(
    /// What there is to choose from.
    beginnings: RwSignal<Vec<Beginning>>,
    /// Which one is.
    chosen: RwSignal<usize>,
) -> impl IntoView {
    let choice = move |(at, beginning): (usize, Beginning)| {
        let kept = beginning.kept.map(|kept| {
            let gone = Callback::new(move |()| leave_out(beginnings, chosen, at));
            view! { <Kept kept title=beginning.title.clone() gone /> }
        });
        view! {
            <div class="choice-row">
                <label class="choice">
                    <input
                        id=choice_id(at)
                        type="radio"
                        name="beginning"
                        data-testid="grid-beginning"
                        prop:checked=move || chosen.get() == at
                        on:change=move |_| chosen.set(at)
                    />
                    <span>{beginning.title}</span>
                    <span class="form-text">{beginning.text}</span>
                </label>
                {kept}
            </div>
        }
    };
    view! {
        <fieldset class="form-group">
            <legend>"Begin with"</legend>
            {move || beginnings.get().into_iter().enumerate().map(choice).collect_view()}
        </fieldset>
    }
    .into_any()
}

/// Who keeps a template, and the way to let it go: pressed twice, since nothing brings it back.
#[component]
fn Kept(
    kept: KeptTemplate,
    title: String,
    /// It is no longer kept.
    gone: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let is_asking = RwSignal::new(false);
    let offset_s = clock::utc_offset_s(kept.time_ns);
    // To the minute.
    let mut since = date_time(kept.time_ns.0, offset_s, 0);
    since.truncate(since.len().saturating_sub(3));
    let by = match kept.by.as_str() {
        "" => "a script",
        name => name,
    };
    let told = format!("Kept here by {by}, {since}");
    let press = move |_| {
        if is_asking.get_untracked() {
            let live = live.clone();
            spawn_local(async move { let_go(&live, kept.id, gone).await });
        } else {
            is_asking.set(true);
        }
    };
    let verb = move || {
        if is_asking.get() {
            "Remove for everybody"
        } else {
            "Remove"
        }
    };
    view! {
        <span class="form-text" data-testid="template-kept">
            {told}
        </span>
        <button
            type="button"
            class="button"
            class:button-danger=move || is_asking.get()
            aria-label=move || format!("{}: the template {title}", verb())
            data-testid="template-remove"
            on:click=press
            on:blur=move |_| is_asking.set(false)
        >
            {verb}
        </button>
    }
    .into_any()
}

/// Lets a template go. One that somebody else removed before is gone all the same.
async fn let_go(live: &Live, id: TemplateId, gone: Callback<()>) {
    match remove_template(id).await {
        Ok(()) | Err(fetch::FetchError::Refused { status: 404, .. }) => {
            gone.try_run(());
        }
        Err(error) => live.say(format!("The template was not removed: {error}")),
    }
}

/// Leaves a way to begin out, the one before it has the focus; what was chosen stays so, if it is still there.
fn leave_out(beginnings: RwSignal<Vec<Beginning>>, chosen: RwSignal<usize>, at: usize) {
    beginnings.update(|it| drop(it.remove(at)));
    chosen.update(|chosen| {
        *chosen = match *chosen {
            it if it == at => EMPTY,
            it if it > at => it - 1,
            it => it,
        };
    });
    focus::give(&choice_id(at.saturating_sub(1)));
}

fn choice_id(at: usize) -> String {
    format!("beginning-{at}")
}
