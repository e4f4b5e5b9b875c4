//! The subcommands of `beamdeck`, and its command line.

pub mod check;
pub mod common;
mod connections;
mod log;
mod rules;
pub mod serve;
mod signal;
pub mod simulate;

use std::io::Write as _;

use clap::{Parser, Subcommand};

use crate::config::DEFAULTS;

/// Live data of scientific instruments, in any number of browsers.
///
/// Settings are taken from the defaults, then the configuration file, then the environment, then the flags; the later wins.
#[derive(Debug, Parser)]
#[command(name = "beamdeck", version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the dashboard.
    Serve(serve::ServeArgs),
    /// Publish what the simulated instrument measures to a Kafka broker.
    Simulate(simulate::SimulateArgs),
    /// Check instrument files, and say what is wrong with them.
    Check(check::CheckArgs),
    /// Write every setting at its default, as a configuration file to start from.
    Config,
}

impl Cli {
    /// Runs the subcommand to its end.
    pub fn run(self) -> anyhow::Result<()> {
        let settings = std::env::var("BEAMDECK_SET").unwrap_or_default();
        match self.command {
            Command::Serve(args) => serve::serve(&args, &settings),
            Command::Simulate(args) => simulate::simulate(&args, &settings),
            Command::Check(args) => check::check(&args),
            Command::Config => write_defaults(),
        }
    }
}

fn write_defaults() -> anyhow::Result<()> {
    std::io::stdout().write_all(DEFAULTS.as_bytes())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn both_commands_take_settings_from_file_environment_and_flags() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let text =
            "port = 1\ninstrument = \"x\"\nslot_pulses = 4\nkafka = \"k:1\"\n[log]\njson = true";
        std::fs::write(file.path(), text).unwrap();
        for command in ["serve", "simulate"] {
            let cli = Cli::try_parse_from([
                "beamdeck",
                command,
                "--config",
                file.path().to_str().unwrap(),
                "--seed",
                "7",
                "--event-rate=2e5",
                "--log-json=false",
                "--set",
                "queue_mib=3",
            ]);
            let settings = "queue_mib = 2; results_mib = 5; simulator.seed = 6;";
            let config = match cli.unwrap().command {
                Command::Serve(args) => args.config(settings).unwrap(),
                Command::Simulate(args) => args.config(settings).unwrap(),
                _ => unreachable!(),
            };
            let texts = (config.instrument.as_str(), config.kafka.as_deref());
            assert_eq!(texts, ("x", Some("k:1")), "{command}");
            let sizes = (config.queue_mib, config.results_mib, config.slot_pulses);
            assert_eq!(sizes, (3, 5, 4), "{command}");
            let simulator = (config.simulator.seed, config.simulator.event_rate_hz);
            assert_eq!(simulator, (7, 2e5), "{command}");
            assert!(!config.log.json, "{command}");
        }
    }
}
