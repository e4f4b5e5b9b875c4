//! What sessions cost: a real server in a process of its own, sessions on loopback that fetch what changed.
//!
//! Each session does what a page does: it listens to its wake and calls `sync` in the binary form with the versions
//! it holds. It reads answers without decoding frames, so that the load stays smaller than what it loads.
//! Parts named on the command line are run, or all of them: `sessions`, `sparse`, `idle`.

#[path = "../support/line.rs"]
mod line;

mod idle;
mod page;
mod server;
mod sessions;
mod sparse;
mod window;

use std::{env, io};

#[tokio::main]
async fn main() -> io::Result<()> {
    // Cargo passes flags of its own to every benchmark.
    let named: Vec<String> = env::args()
        .skip(1)
        .filter(|it| !it.starts_with('-'))
        .collect();
    let wanted = |part: &str| named.is_empty() || named.iter().any(|it| it == part);
    if wanted("sessions") {
        sessions::measure().await?;
    }
    if wanted("sparse") {
        sparse::measure().await?;
    }
    if wanted("idle") {
        idle::measure().await?;
    }
    Ok(())
}
