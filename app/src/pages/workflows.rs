//! `/workflows`: what the instrument can compute, and what runs.

use leptos::prelude::*;
use shared::id::{JobId, WorkflowId};
use shared::job::{Job, Workflow};

use crate::components::{EmptyState, JobButton, JobRow};
use crate::live::Live;
use crate::session::JobCommand;

/// Every workflow with its sources.
#[component]
pub fn WorkflowsPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let list = live.workflow_list.clone();
    let is_empty = {
        let list = list.clone();
        Memo::new(move |_| list.with(Vec::is_empty))
    };
    view! {
        <div class="sheet">
            <h1>"Workflows"</h1>
            <For each=move || list.get() key=Clone::clone let:id>
                <WorkflowCard id />
            </For>
            <Show when=move || is_empty.get()>
                <EmptyState title="No workflows" testid="no-workflows">
                    "The instrument's file declares none."
                </EmptyState>
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn WorkflowCard(id: WorkflowId) -> impl IntoView {
    let workflow = expect_context::<Live>().workflows.signal(&id);
    move || {
        workflow
            .get()
            .map(|it| view! { <Card workflow=it /> }.into_any())
    }
}

#[component]
fn Card(workflow: Workflow) -> impl IntoView {
    let Workflow {
        id,
        title,
        description,
        sources,
        ..
    } = workflow;
    let heading = format!("workflow-{}", id.name);
    let names: Vec<String> = sources.iter().map(|it| it.name.clone()).collect();
    let several = names.len() > 1;
    let live = expect_context::<Live>();
    let jobs: Vec<_> = names
        .iter()
        .map(|source| {
            let (workflow, source) = (id.clone(), source.clone());
            live.jobs.signal(&JobId { workflow, source })
        })
        .collect();
    let is_active = |it: &Option<Job>| it.as_ref().is_some_and(|it| it.state.is_active());
    let is_counting = Memo::new(move |_| jobs.iter().any(|job| job.with(is_active)));
    let buttons = several.then(|| {
        view! {
            <span class="job-actions">
                <JobButton
                    workflow=id.clone()
                    sources=names.clone()
                    command=JobCommand::Start
                    label="Start all"
                    is_counting
                />
                <JobButton workflow=id.clone() sources=names command=JobCommand::Stop label="Stop all" />
            </span>
        }
    });
    let rows = sources.into_iter().map(|source| {
        let workflow = id.clone();
        view! { <JobRow workflow source /> }
    });
    let rows = rows.collect_view();
    view! {
        <section
            class="card"
            aria-labelledby=heading.clone()
            data-testid="workflow"
            data-workflow=id.to_string()
        >
            <header class="card-head">
                <h2 id=heading.clone()>{title}</h2>
                {buttons}
            </header>
            <p class="card-text">{description}</p>
            <ul class="jobs">{rows}</ul>
        </section>
    }
    .into_any()
}
