//! The subcommands of `beamdeck`, and its command line.

pub mod check;
mod log;
mod rules;
pub mod serve;
mod signal;
pub mod simulate;

use std::io::Write as _;
use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, ConfigError, DEFAULTS};

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
    Serve(ServeArgs),
    /// Publish what the simulated instrument measures to a Kafka broker.
    Simulate(simulate::SimulateArgs),
    /// Check instrument files, and say what is wrong with them.
    Check(check::CheckArgs),
    /// Write every setting at its default, as a configuration file to start from.
    Config,
}

/// What `serve` takes.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Configuration file (TOML).
    #[arg(long, value_name = "FILE", env = "BEAMDECK_CONFIG")]
    config: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1].
    #[arg(long, env = "BEAMDECK_BIND")]
    bind: Option<IpAddr>,
    /// Port to listen on; 0 takes a free one [default: 8200].
    #[arg(long, env = "BEAMDECK_PORT")]
    port: Option<u16>,
    /// Names that the server is called by, beside its addresses, localhost and the machine's own name.
    #[arg(
        long,
        value_name = "NAMES",
        env = "BEAMDECK_ALLOWED_HOSTS",
        value_delimiter = ','
    )]
    allowed_hosts: Vec<String>,
    /// Instrument: a shipped name, or the path of a TOML file [default: dummy].
    #[arg(long, value_name = "NAME", env = "BEAMDECK_INSTRUMENT")]
    instrument: Option<String>,
    /// Kafka broker to take the data from [default: simulate them].
    #[arg(long, value_name = "HOST:PORT", env = "BEAMDECK_KAFKA")]
    kafka: Option<String>,
    /// Where to begin in what the broker has: `end`, a time such as 2026-01-31T12:00:00Z, or how long ago, such as
    /// 10m [default: end].
    #[arg(long, value_name = "TIME|DURATION", env = "BEAMDECK_FROM")]
    from: Option<String>,
    /// Folder for what must survive a restart [default: data].
    #[arg(long, value_name = "DIR", env = "BEAMDECK_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Simulated events per second, 1e3 to 1e8 [default: 140000].
    #[arg(long, value_name = "HZ", env = "BEAMDECK_EVENT_RATE")]
    event_rate: Option<f64>,
    /// What to log, such as `info` or `server=debug` [default: info].
    #[arg(long, value_name = "FILTER", env = "BEAMDECK_LOG")]
    log: Option<String>,
    /// Log one JSON object per line; `--log-json=false` for text [default: text].
    #[arg(
        long,
        env = "BEAMDECK_LOG_JSON",
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    log_json: Option<bool>,
    /// Any setting of the configuration file, such as `simulator.seed=7`; may be repeated. The
    /// environment variable `BEAMDECK_SET` holds such settings too, separated by semicolons. Flags of their own win.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Folder with the built client [default: the one in this program].
    #[arg(long, value_name = "DIR", env = "BEAMDECK_SITE_DIR", hide = true)]
    site: Option<PathBuf>,
}

impl Cli {
    /// Runs the subcommand to its end.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Serve(args) => {
                let settings = std::env::var("BEAMDECK_SET").unwrap_or_default();
                serve::serve(&args.config(&settings)?, args.site.as_deref())
            }
            Command::Simulate(args) => simulate::simulate(&args),
            Command::Check(args) => check::check(&args),
            Command::Config => write_defaults(),
        }
    }
}

fn write_defaults() -> anyhow::Result<()> {
    std::io::stdout().write_all(DEFAULTS.as_bytes())?;
    Ok(())
}

impl ServeArgs {
    /// The configuration in force: the file's, with the environment's `settings`, then the single settings and
    /// flags laid over it.
    fn config(&self, settings: &str) -> Result<Config, ConfigError> {
        let settings = settings.split(';').filter(|it| !it.trim().is_empty());
        let settings = settings.chain(self.set.iter().map(String::as_str));
        let mut config = Config::read(self.config.as_deref(), settings)?;
        let set = |slot: &mut String, value: &Option<String>| {
            if let Some(value) = value {
                slot.clone_from(value);
            }
        };
        set(&mut config.instrument, &self.instrument);
        set(&mut config.log.filter, &self.log);
        set(&mut config.kafka_from, &self.from);
        config.bind = self.bind.unwrap_or(config.bind);
        config.port = self.port.unwrap_or(config.port);
        config
            .allowed_hosts
            .extend(self.allowed_hosts.iter().cloned());
        config.kafka = self.kafka.clone().or(config.kafka);
        config.data_dir = self.data_dir.clone().unwrap_or(config.data_dir);
        config.simulator.event_rate_hz = self.event_rate.unwrap_or(config.simulator.event_rate_hz);
        config.log.json = self.log_json.unwrap_or(config.log.json);
        config.check()?;
        Ok(config)
    }
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
    fn flags_win_over_the_file() {
        let folder = std::env::temp_dir().join(format!("beamdeck-config-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("c.toml");
        std::fs::write(
            &file,
            "port = 1\ninstrument = \"x\"\nslot_pulses = 4\n[log]\njson = true",
        )
        .unwrap();
        let data_dir = folder.join("data");
        let cli = Cli::try_parse_from([
            "beamdeck",
            "serve",
            "--config",
            file.to_str().unwrap(),
            "--port",
            "2",
            "--log-json=false",
            "--set",
            "queue_mib=3",
            "--data-dir",
            data_dir.to_str().unwrap(),
        ]);
        let Command::Serve(args) = cli.unwrap().command else {
            unreachable!()
        };
        let config = args.config("queue_mib = 2; results_mib = 5;").unwrap();
        assert_eq!((config.port, config.instrument.as_str()), (2, "x"));
        let sizes = (config.queue_mib, config.results_mib, config.slot_pulses);
        assert_eq!(sizes, (3, 5, 4));
        assert!(!config.log.json);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
