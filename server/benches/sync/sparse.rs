//! One cumulative image of 512² pixels in which about a thousand pixels change once a second.

use std::io;
use std::time::Duration;

use crate::line::{Budget, Line};
use crate::page::{Page, Until};
use crate::server::Server;
use crate::window::{Window, parts, windows};

const WINDOW: Duration = Duration::from_secs(4);
const WINDOWS: usize = 5;
const SETTLE: Duration = Duration::from_secs(4);
/// 1000 events/s, published every 14 pulses of 14 Hz.
const CONFIG: &str = "slot_pulses = 14\n[simulator]\nevent_rate_hz = 1000";
const BUDGET_BYTES_PER_SEC: f64 = 4_000.0;

const SESSIONS: usize = 200;

pub(super) async fn measure() -> io::Result<()> {
    let instrument = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/sync/sparse.toml");
    let server = Server::start(instrument, CONFIG);
    let mut pages = vec![Page::open(server.address, Some("sparse/image")).await];
    tokio::time::sleep(SETTLE).await;
    let alone = windows(&server, &pages, WINDOWS, WINDOW).await;
    let rate = |value: fn(&Window) -> u64| {
        let rate = |it| value(it) as f64 / WINDOW.as_secs_f64();
        alone.iter().map(rate).collect()
    };
    let budget = Budget {
        at_most: Some(BUDGET_BYTES_PER_SEC),
        at_least: None,
    };
    let case = "sparse 512² at 1 Hz, 1e3 events/s";
    let frames = rate(|it| it.tally.frames);
    Line::new("sync", case, ("frames per session", "1/s"), frames, None).print()?;
    let bytes = rate(|it| it.tally.bytes);
    let metric = ("bytes per session", "B/s");
    Line::new("sync", case, metric, bytes, Some(budget)).print()?;

    while pages.len() < SESSIONS {
        pages.push(Page::open(server.address, Some("sparse/image")).await);
    }
    tokio::time::sleep(SETTLE).await;
    let together = windows(&server, &pages, WINDOWS, WINDOW).await;
    let commits = server.commits();
    let latency = |it: &Window| it.tally.commit_to_bytes_ms(&commits, Until::LastByte);
    let latencies: Vec<_> = together.iter().map(latency).collect();
    let case = "200 sessions × sparse 512² at 1 Hz";
    for (name, part) in [
        ("commit to bytes, p50", 0.5),
        ("commit to bytes, p99", 0.99),
    ] {
        Line::new("sync", case, (name, "ms"), parts(&latencies, part), None).print()?;
    }
    Ok(())
}
