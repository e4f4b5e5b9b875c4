//! The parts of the status page.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::plot::format::{duration, group_thousands};
use shared::status::{SourceStatus, Status, StreamStatus, TopicStatus};

/// What concerns the whole server.
#[component]
pub fn Totals(
    /// The sample.
    status: Status,
) -> impl IntoView {
    let entries = [
        ("Version", status.version),
        ("Running for", duration(status.uptime_secs)),
        ("Sessions", status.sessions.to_string()),
        ("Waiting for reduction", bytes(status.queued_bytes)),
        ("Waiting for other streams", bytes(status.held_bytes)),
        ("Tables of jobs", bytes(status.job_bytes)),
        ("Histories", bytes(status.result_bytes)),
        ("Late results dropped", count(status.stale_results)),
    ];
    let entry = |(name, value): (&'static str, String)| {
        view! {
            <div class="total">
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! {
        <section class="card">
            <dl class="totals">{entries.map(entry).collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// Where messages come from.
#[component]
pub fn SourceList(
    /// The sample.
    sources: Vec<SourceStatus>,
) -> impl IntoView {
    let row = |source: SourceStatus| {
        let state = source.state.clone();
        let mark = match source.state.as_str() {
            "running" => "live",
            "degraded" => "stale",
            "failed" => "error",
            "stopped" => "stopped",
            _ => "waiting",
        };
        view! {
            <li class="job" data-testid="source" data-state=source.state>
                <span class="job-source">{source.name}</span>
                <span class="mark" data-mark=mark>
                    <span class="shape" aria-hidden="true"></span>
                    <span class="mark-text">{state}</span>
                </span>
                <span class="job-message">{source.message}</span>
                <span>{format!("{} messages, {}", count(source.messages), bytes(source.bytes))}</span>
            </li>
        }
    };
    view! {
        <section class="card">
            <h2>"Sources"</h2>
            <ul class="jobs">{sources.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What came on each stream, and what belonged to none.
#[component]
pub fn StreamTable(
    /// The sample of the streams.
    streams: Vec<StreamStatus>,
    /// The sample of their topics.
    topics: Vec<TopicStatus>,
) -> impl IntoView {
    let row = |stream: StreamStatus| {
        let lag = stream
            .lag_ns
            .map_or_else(|| "–".to_owned(), |ns| duration(ns as f64 / 1e9));
        let refused = if stream.errors.is_empty() {
            count(0)
        } else {
            told(&stream.errors)
        };
        view! {
            <tr data-testid="stream" data-stream=stream.name>
                <th scope="row">{stream.title}</th>
                <td>{stream.topic}</td>
                <td class="number">{count(stream.messages)}</td>
                <td class="number">{bytes(stream.bytes)}</td>
                <td class="number">{lag}</td>
                <td class="number">{count(stream.dropped_messages)}</td>
                <td class="number">{count(stream.misplaced)}</td>
                <td class="number">{refused}</td>
            </tr>
        }
    };
    let stray = |topic: TopicStatus| {
        let strays = topic.unmapped + topic.skipped;
        (strays > 0 || !topic.errors.is_empty()).then(|| {
            let errors = told(&topic.errors);
            let text = format!(
                "{}: {} unmapped, {} skipped",
                topic.name,
                count(topic.unmapped),
                count(topic.skipped)
            );
            view! { <li>{text} " " {errors}</li> }
        })
    };
    view! {
        <section class="card">
            <h2>"Streams"</h2>
            <div class="table-box" tabindex="0" role="region" aria-label="Streams">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Stream"</th>
                            <th scope="col">"Topic"</th>
                            <th scope="col" class="number">"Messages"</th>
                            <th scope="col" class="number">"Size"</th>
                            <th scope="col" class="number">"Lag"</th>
                            <th scope="col" class="number">"Dropped"</th>
                            <th scope="col" class="number">"Out of time"</th>
                            <th scope="col" class="number">"Refused"</th>
                        </tr>
                    </thead>
                    <tbody>{streams.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
            <ul class="card-text">{topics.into_iter().filter_map(stray).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn count(n: u64) -> String {
    group_thousands(&n.to_string())
}

/// Bytes in the largest decimal unit that leaves a number above one.
fn bytes(n: u64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let fitting = units.into_iter().find(|(size, _)| n as f64 >= *size);
    fitting.map_or_else(
        || format!("{n} B"),
        |(size, unit)| format!("{:.1} {unit}", n as f64 / size),
    )
}

/// `garbage 3, truncated 1`.
fn told(errors: &BTreeMap<String, u64>) -> String {
    let parts = errors
        .iter()
        .map(|(kind, n)| format!("{kind} {}", count(*n)));
    parts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_in_units() {
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1_500), "1.5 kB");
        assert_eq!(bytes(2_340_000_000), "2.3 GB");
    }

    #[test]
    fn errors_are_told_by_kind() {
        let errors = BTreeMap::from([("garbage".to_owned(), 1_200), ("absent".to_owned(), 1)]);
        assert_eq!(told(&errors), format!("absent 1, garbage {}", count(1_200)));
    }
}
