//! What a server and its sessions do in a span of time.

use std::time::Duration;

use crate::page::{Page, Tally};
use crate::server::Server;

/// One span.
pub(super) struct Window {
    pub(super) cpu_secs: f64,
    pub(super) tally: Tally,
}

/// Spans of the same length, one after the other.
pub(super) async fn windows(
    server: &Server,
    pages: &[Page],
    count: usize,
    length: Duration,
) -> Vec<Window> {
    let mut windows = Vec::new();
    for _ in 0..count {
        drop(taken(pages));
        let before = server.cpu_secs();
        tokio::time::sleep(length).await;
        windows.push(Window {
            cpu_secs: server.cpu_secs() - before,
            tally: taken(pages),
        });
    }
    windows
}

fn taken(pages: &[Page]) -> Tally {
    let mut tally = Tally::default();
    for page in pages {
        tally.add(page.take_tally());
    }
    tally
}

/// The same percentile of every window, whose values ascend.
pub(super) fn parts(windows: &[Vec<f64>], part: f64) -> Vec<f64> {
    let percentile = |sorted: &Vec<f64>| {
        let place = (part * sorted.len() as f64) as usize;
        *sorted.get(place).expect("something was announced")
    };
    windows.iter().map(percentile).collect()
}
