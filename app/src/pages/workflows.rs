//! `/workflows`: what the instrument can compute, and what runs.

use leptos::prelude::*;
use shared::id::WorkflowId;

use crate::components::{EmptyState, JobRow};
use crate::live::Live;

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
}

#[component]
fn WorkflowCard(id: WorkflowId) -> impl IntoView {
    let workflow = expect_context::<Live>().workflows.signal(&id);
    let heading = format!("workflow-{}", id.name);
    move || {
        workflow.get().map(|it| {
            let jobs = it.sources.into_iter();
            let jobs = jobs.map(|source| view! { <JobRow workflow=it.id.clone() source /> });
            view! {
                <section class="card" aria-labelledby=heading.clone() data-testid="workflow" data-workflow=it.id.to_string()>
                    <h2 id=heading.clone()>{it.title}</h2>
                    <p class="card-text">{it.description}</p>
                    <ul class="jobs">{jobs.collect_view()}</ul>
                </section>
            }
        })
    }
}
