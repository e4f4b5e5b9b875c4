//! What sessions cost: a real server in a process of its own, sessions on loopback that fetch what changed.
//!
//! Each session does what a page does: it listens to its wake and calls `sync` in the binary form with the versions
//! it holds. It reads answers without decoding frames, so that the load stays smaller than what it loads. Prints one
//! JSON line per number of sessions: server CPU per session and frame, bytes, the times from wake to answer, memory.

mod page;
mod server;

use std::io::Write as _;
use std::time::Duration;

use serde_json::json;

use page::{Page, Tally};
use server::Server;

/// How long each number of sessions is measured, after they have settled.
const MEASURE: Duration = Duration::from_secs(10);
const SETTLE: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() {
    let server = Server::start();
    let mut pages: Vec<Page> = Vec::new();
    let mut alone: Option<Sample> = None;
    for sessions in [0, 1, 10, 100] {
        while pages.len() < sessions {
            pages.push(Page::open(server.address).await);
        }
        tokio::time::sleep(SETTLE).await;
        let sample = Sample::take(&server, &pages).await;
        report(sessions, &sample, alone.as_ref());
        if sessions == 1 {
            alone = Some(sample);
        }
    }
    idle(&server).await;
}

/// What was measured over [`MEASURE`].
struct Sample {
    sessions: usize,
    cpu_secs: f64,
    tally: Tally,
    memory_bytes: u64,
}

impl Sample {
    async fn take(server: &Server, pages: &[Page]) -> Self {
        for page in pages {
            page.take_tally();
        }
        let before = server.cpu_secs();
        tokio::time::sleep(MEASURE).await;
        let mut tally = Tally::default();
        for page in pages {
            tally.add(page.take_tally());
        }
        Self {
            sessions: pages.len(),
            cpu_secs: server.cpu_secs() - before,
            tally,
            memory_bytes: server.memory_bytes(),
        }
    }
}

fn report(sessions: usize, sample: &Sample, alone: Option<&Sample>) {
    let secs = MEASURE.as_secs_f64();
    let per_session = |value: f64| {
        if sessions == 0 {
            0.0
        } else {
            value / sessions as f64
        }
    };
    // The first session makes the server compute; what the others add is their own cost.
    let added = alone.map(|alone| {
        let frames = (sample.tally.frames - alone.tally.frames) as f64;
        let sessions = (sample.sessions - alone.sessions) as f64;
        json!({
            "cpu_us_per_session_frame": 1e6 * (sample.cpu_secs - alone.cpu_secs) / frames,
            "memory_kib_per_session": (sample.memory_bytes as f64 - alone.memory_bytes as f64) / 1024.0 / sessions,
        })
    });
    let line = json!({
        "bench": "sync",
        "sessions": sessions,
        "cpu_percent_of_a_core": 100.0 * sample.cpu_secs / secs,
        "added": added,
        "frames_per_session_second": per_session(sample.tally.frames as f64 / secs),
        "bytes_per_session_second": per_session(sample.tally.bytes as f64 / secs),
        "calls_per_session_second": per_session(sample.tally.calls as f64 / secs),
        "wake_to_bytes_ms": {"p50": sample.tally.percentile(0.5), "p99": sample.tally.percentile(0.99)},
        "memory_mib": sample.memory_bytes as f64 / 1024.0 / 1024.0,
    });
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}

/// A page for which nothing changes: it looks at no grid.
async fn idle(server: &Server) {
    let page = Page::open_without_grid(server.address).await;
    tokio::time::sleep(SETTLE).await;
    page.take_tally();
    tokio::time::sleep(MEASURE).await;
    let tally = page.take_tally();
    let line = json!({"bench": "idle session", "calls": tally.calls, "wakes": tally.wakes, "seconds": MEASURE.as_secs()});
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}
