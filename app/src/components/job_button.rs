//! A button that starts or stops jobs.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::WorkflowId;

use super::Icon;
use crate::browser::timer;
use crate::live::Live;
use crate::session::{JobCommand, send_job_command};

/// How long a button waits for the second press.
const ASKED_MS: u32 = 5_000;

/// Sends one command at a time. What would discard what was counted is asked for twice.
#[component]
pub fn JobButton(
    /// The workflow.
    workflow: WorkflowId,
    /// The sources it is about.
    sources: Vec<String>,
    /// What is to be done.
    command: JobCommand,
    /// What the button says.
    label: &'static str,
    /// Whether one of the jobs counts, which a start would begin anew.
    #[prop(optional, into)]
    is_counting: Signal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let is_sending = RwSignal::new(false);
    let (icon, testid) = match command {
        JobCommand::Start => (Icon::Play, "job-start"),
        JobCommand::Stop => (Icon::Stop, "job-stop"),
    };
    let is_asked = RwSignal::new(false);
    let label = Signal::derive(move || match (is_counting.get(), is_asked.get()) {
        (false, _) => label,
        (true, false) => "Restart",
        (true, true) => "Discard all counts?",
    });
    let what = sources.join(", ");
    let send = move |_| {
        if is_counting.get_untracked() && !is_asked.get_untracked() {
            is_asked.set(true);
            timer::once(ASKED_MS, move || {
                is_asked.try_set(false);
            });
            return;
        }
        is_asked.set(false);
        let (live, workflow, sources) = (live.clone(), workflow.clone(), sources.clone());
        is_sending.set(true);
        spawn_local(async move {
            send_job_command(&live, &workflow, &sources, command).await;
            is_sending.set(false);
        });
    };
    view! {
        <button
            type="button"
            class="button needs-script"
            class:button-danger=move || is_asked.get()
            aria-label=move || format!("{} {what}", label.get())
            data-testid=testid
            disabled=move || is_sending.get()
            on:click=send
        >
            {icon.view()}
            {move || label.get()}
        </button>
    }
}
