//! The `beamdeck` command.

use clap::Parser as _;

fn main() -> anyhow::Result<()> {
    server::commands::Cli::parse().run()
}
