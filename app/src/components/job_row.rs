//! One source of a workflow, with what its job is doing.

use leptos::prelude::*;
use shared::id::{JobId, WorkflowId};
use shared::job::SourceInfo;

use super::JobButton;
use crate::live::{JobCondition, Live};
use crate::session::JobCommand;

/// A source and the state of the job that runs for it.
#[component]
pub fn JobRow(
    /// The workflow.
    workflow: WorkflowId,
    /// The source.
    source: SourceInfo,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let id = JobId {
        workflow: workflow.clone(),
        source: source.name.clone(),
    };
    let job = live.jobs.signal(&id);
    let state = {
        let job = job.clone();
        Memo::new(move |_| job.with(|it| JobCondition::of(it.as_ref())))
    };
    let is_counting =
        Memo::new(move |_| job.with(|it| it.as_ref().is_some_and(|it| it.state.is_active())));
    let sources = vec![source.name.clone()];
    view! {
        <li class="job" data-testid="job" data-source=source.name data-state=move || state.get().name>
            <span class="job-source">{source.title}</span>
            <span class="mark" data-mark=move || state.get().mark>
                <span class="shape" aria-hidden="true"></span>
                <span class="mark-text">{move || state.get().name}</span>
            </span>
            <span class="job-message">{move || state.get().message}</span>
            <span class="job-actions">
                <JobButton
                    workflow=workflow.clone()
                    sources=sources.clone()
                    command=JobCommand::Start
                    label="Start"
                    is_counting
                />
                <JobButton workflow sources command=JobCommand::Stop label="Stop" />
            </span>
        </li>
    }
    .into_any()
}
