//! Builds, serves, tests and measures Beamdeck: `cargo xtask serve`, `cargo xtask test`, `cargo xtask bench`.
//!
//! It drives the ordinary tools (cargo, pip, npm) and shows their output as it comes. It knows
//! nothing of what Beamdeck does: no crate of the product is among its dependencies.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a driver talks to the terminal: progress on stderr, results on stdout"
)]

mod bench;
mod process;
mod rings;
mod serve;
mod site;
mod tidy;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::bench::BenchArgs;
use crate::rings::TestArgs;
use crate::serve::ServeArgs;
use crate::site::SiteArgs;
use crate::workspace::Workspace;

/// Builds, serves, tests and measures Beamdeck.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the client and the server, then serve.
    Serve(ServeArgs),
    /// Build the client alone, and print where it is: what `BEAMDECK_SITE_DIR` names to a server.
    Site(SiteArgs),
    /// Run the test rings: all of them, or those named.
    Test(TestArgs),
    /// Run the benchmarks: all of them, or those named.
    Bench(BenchArgs),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    let workspace = Workspace::locate()?;
    tools::compilers::ensure()?;
    match cli.command {
        Command::Serve(args) => serve::serve(&workspace, &args),
        Command::Site(args) => site::print(&workspace, args).map(|()| ExitCode::SUCCESS),
        Command::Test(args) => Ok(rings::test(&workspace, &args)),
        Command::Bench(args) => bench::bench(&workspace, &args).map(|()| ExitCode::SUCCESS),
    }
}
