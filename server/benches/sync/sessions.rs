//! Sessions that look at twelve layers, which change 7 times a second: two pulses of 14 Hz each time.

use std::io;
use std::time::Duration;

use crate::line::{Budget, Line};
use crate::page::{Page, Until};
use crate::server::Server;
use crate::window::{Window, parts, windows};

/// How long and how often each number of sessions is measured, after they have settled.
const WINDOW: Duration = Duration::from_secs(4);
const WINDOWS: usize = 5;
const SETTLE: Duration = Duration::from_secs(3);

const CPU_BUDGET_US: f64 = 50.0;
const MEMORY_BUDGET_KIB: f64 = 32.0;
const COMMIT_TO_BYTES_P99_MS: f64 = 20.0;

pub(super) async fn measure() -> io::Result<()> {
    let instrument = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/twelve.toml");
    let server = Server::start(instrument, "");
    let mut pages: Vec<Page> = Vec::new();
    let mut alone = None;
    for sessions in [1, 10, 100, 200] {
        let added = sessions - pages.len();
        let before_bytes = server.memory_bytes();
        while pages.len() < sessions {
            pages.push(Page::open(server.address, Some("twelve/mixed")).await);
        }
        tokio::time::sleep(SETTLE).await;
        let added_bytes = server.memory_bytes() as f64 - before_bytes as f64;
        let windows = windows(&server, &pages, WINDOWS, WINDOW).await;
        // What few sessions add is lost in what the server does anyway.
        if let Some(alone) = alone.as_ref().filter(|_| sessions >= 100) {
            report_added(sessions, &windows, alone, added_bytes / added as f64)?;
        }
        report(sessions, &windows, &server)?;
        alone = alone.or_else(|| Some(Load::of(&windows)));
    }
    Ok(())
}

/// What a window takes in the middle.
struct Load {
    cpu_secs: f64,
    frames: f64,
}

impl Load {
    fn of(windows: &[Window]) -> Self {
        let middle = |value: fn(&Window) -> f64| {
            let mut values: Vec<f64> = windows.iter().map(value).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        Self {
            cpu_secs: middle(|it| it.cpu_secs),
            frames: middle(|it| it.tally.frames as f64),
        }
    }
}

/// The first session makes the server compute; what the others add is their own cost.
fn report_added(sessions: usize, windows: &[Window], alone: &Load, bytes: f64) -> io::Result<()> {
    let cost = |it: &Window| {
        1e6 * (it.cpu_secs - alone.cpu_secs) / (it.tally.frames as f64 - alone.frames)
    };
    let costs = windows.iter().map(cost).collect();
    let metric = ("server CPU per added session and frame", "µs");
    print(sessions, metric, costs, Some(at_most(CPU_BUDGET_US)))?;
    let metric = ("memory per added session", "KiB");
    print(
        sessions,
        metric,
        vec![bytes / 1024.0],
        Some(at_most(MEMORY_BUDGET_KIB)),
    )
}

fn report(sessions: usize, windows: &[Window], server: &Server) -> io::Result<()> {
    let secs = WINDOW.as_secs_f64();
    let rate = |value: fn(&Window) -> f64| -> Vec<f64> {
        let part = |it| value(it) / secs / sessions as f64;
        windows.iter().map(part).collect()
    };
    let cpu = windows.iter().map(|it| 100.0 * it.cpu_secs / secs);
    print(sessions, ("server CPU", "% of a core"), cpu.collect(), None)?;
    let frames = rate(|it| it.tally.frames as f64);
    print(sessions, ("frames per session", "1/s"), frames, None)?;
    let bytes = rate(|it| it.tally.bytes as f64);
    print(sessions, ("bytes per session", "B/s"), bytes, None)?;
    let wakes: Vec<_> = windows
        .iter()
        .map(|it| it.tally.wake_to_bytes_ms())
        .collect();
    print(
        sessions,
        ("wake to bytes, p50", "ms"),
        parts(&wakes, 0.5),
        None,
    )?;
    print(
        sessions,
        ("wake to bytes, p99", "ms"),
        parts(&wakes, 0.99),
        None,
    )?;
    let commits = server.commits();
    let latencies = |until| -> Vec<_> {
        let latency = |it: &Window| it.tally.commit_to_bytes_ms(&commits, until);
        windows.iter().map(latency).collect()
    };
    let first = parts(&latencies(Until::FirstByte), 0.99);
    print(sessions, ("commit to first byte, p99", "ms"), first, None)?;
    let whole = latencies(Until::LastByte);
    print(
        sessions,
        ("commit to bytes, p50", "ms"),
        parts(&whole, 0.5),
        None,
    )?;
    let budget = (sessions == 200).then(|| at_most(COMMIT_TO_BYTES_P99_MS));
    print(
        sessions,
        ("commit to bytes, p99", "ms"),
        parts(&whole, 0.99),
        budget,
    )
}

fn at_most(limit: f64) -> Budget {
    Budget {
        at_most: Some(limit),
        at_least: None,
    }
}

fn print(
    sessions: usize,
    metric: (&'static str, &'static str),
    samples: Vec<f64>,
    budget: Option<Budget>,
) -> io::Result<()> {
    let noun = if sessions == 1 { "session" } else { "sessions" };
    let case = format!("{sessions} {noun} × 12 layers");
    Line::new("sync", case, metric, samples, budget).print()
}
