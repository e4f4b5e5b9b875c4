//! A button that starts or stops jobs.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::WorkflowId;

use super::Icon;
use crate::live::Live;
use crate::session::{JobCommand, send_job_command};

/// Sends one command at a time.
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
) -> impl IntoView {
    let live = expect_context::<Live>();
    let is_sending = RwSignal::new(false);
    let (icon, testid) = match command {
        JobCommand::Start => (Icon::Play, "job-start"),
        JobCommand::Stop => (Icon::Stop, "job-stop"),
    };
    let name = format!("{label} {}", sources.join(", "));
    let send = move |_| {
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
            aria-label=name
            data-testid=testid
            disabled=move || is_sending.get()
            on:click=send
        >
            {icon.view()}
            {label}
        </button>
    }
}
