//! `/status`: how the system is doing.

use leptos::prelude::*;

use crate::live::Live;

/// Jobs and what the server counts.
#[component]
pub fn StatusPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let jobs = live.job_list;
    view! {
        <div class="sheet" data-testid="status">
            <h1>"Status"</h1>
            <section class="card">
                <h2>"Jobs"</h2>
                <ul class="plain-list">
                    {move || {
                        let entry = |job: shared::id::JobId| {
                            view! { <li>{job.workflow.to_string()} " " {job.source}</li> }
                        };
                        jobs.get().into_iter().map(entry).collect_view()
                    }}
                </ul>
            </section>
        </div>
    }
    .into_any()
}
