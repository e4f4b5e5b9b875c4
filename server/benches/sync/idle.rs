//! Sessions for which nothing changes: the beam is off, the pictures stay.

use std::io;
use std::time::Duration;

use crate::line::{Budget, Line};
use crate::page::Page;
use crate::server::Server;
use crate::window::{Window, windows};

const WINDOW: Duration = Duration::from_secs(10);
const WINDOWS: usize = 3;
const SESSIONS: usize = 100;
/// The simulated beam ends 5 s after the start; the rest is what the server takes to come to rest.
const CONFIG: &str = "[simulator]\npulses = 70";
const SETTLE: Duration = Duration::from_secs(12);

pub(super) async fn measure() -> io::Result<()> {
    let instrument = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/twelve.toml");
    let server = Server::start(instrument, CONFIG);
    tokio::time::sleep(SETTLE).await;
    let alone = windows(&server, &[], WINDOWS, WINDOW).await;
    let before_bytes = server.memory_bytes();
    let mut pages = Vec::new();
    for _ in 0..SESSIONS {
        pages.push(Page::open(server.address, Some("twelve/mixed")).await);
    }
    tokio::time::sleep(SETTLE).await;
    let together = windows(&server, &pages, WINDOWS, WINDOW).await;

    let added_bytes = server.memory_bytes() as f64 - before_bytes as f64;

    let per_minute = 60.0 / WINDOW.as_secs_f64();
    let per_session = |value: fn(&Window) -> u64| {
        let rate = |it| value(it) as f64 / SESSIONS as f64 * per_minute;
        together.iter().map(rate).collect()
    };
    let none = Budget {
        at_most: Some(0.0),
        at_least: None,
    };
    let calls = per_session(|it| it.tally.calls);
    print(("calls per session", "1/min"), calls, Some(none))?;
    let wakes = per_session(|it| it.tally.wakes);
    print(("wakes per session", "1/min"), wakes, None)?;
    let memory = vec![added_bytes / 1024.0 / SESSIONS as f64];
    print(("memory per session", "KiB"), memory, None)?;
    let ms_per_minute = 1e3 * per_minute;
    let alone_secs = alone.iter().map(|it| it.cpu_secs).sum::<f64>() / WINDOWS as f64;
    let cost = |it: &Window| ms_per_minute * (it.cpu_secs - alone_secs) / SESSIONS as f64;
    let costs = together.iter().map(cost).collect();
    print(("server CPU per session", "ms/min"), costs, None)?;
    let costs = alone.iter().map(|it| ms_per_minute * it.cpu_secs);
    print(
        ("server CPU without sessions", "ms/min"),
        costs.collect(),
        None,
    )
}

fn print(
    metric: (&'static str, &'static str),
    samples: Vec<f64>,
    budget: Option<Budget>,
) -> io::Result<()> {
    Line::new("idle", "sessions without news", metric, samples, budget).print()
}
