//! What `serve` and `simulate` are told alike: where settings come from, and those that mean the same to both.

use std::path::PathBuf;

use clap::Args;

use crate::config::{Config, ConfigError};

/// The arguments that both take.
#[derive(Debug, Args)]
pub struct CommonArgs {
    /// Configuration file (TOML).
    #[arg(long, value_name = "FILE", env = "BEAMDECK_CONFIG")]
    config: Option<PathBuf>,
    /// Instrument: a shipped name, or the path of a TOML file [default: dummy].
    #[arg(long, value_name = "NAME", env = "BEAMDECK_INSTRUMENT")]
    instrument: Option<String>,
    /// Simulated events per second, of all event detectors together, 1e3 to 1e8 [default: 140000].
    #[arg(long, value_name = "HZ", env = "BEAMDECK_EVENT_RATE")]
    event_rate: Option<f64>,
    /// The same seed simulates the same data [default: 1].
    #[arg(long, env = "BEAMDECK_SEED")]
    seed: Option<u64>,
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
    /// Any setting of the configuration file, such as `simulator.max_events_per_message=5000`; may be repeated. The
    /// environment variable `BEAMDECK_SET` holds such settings too, separated by semicolons. Flags of their own win.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

impl CommonArgs {
    /// The file's configuration, with the environment's `settings`, then the single settings and these flags laid
    /// over it. Whoever asks lays over flags of its own, and checks the outcome.
    pub(super) fn config(&self, settings: &str) -> Result<Config, ConfigError> {
        let settings = settings.split(';').filter(|it| !it.trim().is_empty());
        let settings = settings.chain(self.set.iter().map(String::as_str));
        let mut config = Config::read(self.config.as_deref(), settings)?;
        let simulator = &mut config.simulator;
        simulator.event_rate_hz = self.event_rate.unwrap_or(simulator.event_rate_hz);
        simulator.seed = self.seed.unwrap_or(simulator.seed);
        config.log.json = self.log_json.unwrap_or(config.log.json);
        let set = |slot: &mut String, value: &Option<String>| {
            if let Some(value) = value {
                slot.clone_from(value);
            }
        };
        set(&mut config.instrument, &self.instrument);
        set(&mut config.log.filter, &self.log);
        Ok(config)
    }
}
