//! How the server is configured: defaults, then a TOML file, then the environment, then flags; the later wins.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;

use crate::ingest::simulator::SimulatorConfig;
use crate::plot::TickRate;

/// Everything that can be set, at its default.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The address to listen on.
    pub bind: IpAddr,
    /// The port to listen on; 0 takes a free one.
    pub port: u16,
    /// Names under which the server is called, beside its addresses, `localhost` and the machine's own name. Pages
    /// and interface refuse other names, so that no foreign site can pass for this one.
    pub allowed_hosts: Vec<String>,
    /// The instrument: a shipped name, or the path of a TOML file.
    pub instrument: String,
    /// A Kafka broker as `host:port`; without one the instrument is simulated.
    pub kafka: Option<String>,
    /// Where what must survive a restart is kept.
    pub data_dir: PathBuf,
    /// Ticks per second of a grid at most, 0.1 to 14.
    pub tick_rate_hz: f64,
    /// Messages that may wait for reduction, MiB.
    pub queue_mib: u64,
    /// Histories of results, MiB.
    pub results_mib: u64,
    /// Pulses that results cover: jobs publish once in so many.
    pub slot_pulses: u32,
    /// The simulated instrument.
    pub simulator: SimulatorConfig,
    /// The logs.
    pub log: LogSection,
}

/// The logs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogSection {
    /// Which to write, such as `info` or `server=debug`.
    pub filter: String,
    /// One JSON object per line instead of text.
    pub json: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8200,
            allowed_hosts: Vec::new(),
            instrument: "dummy".to_owned(),
            kafka: None,
            data_dir: PathBuf::from("data"),
            tick_rate_hz: 5.0,
            queue_mib: 256,
            results_mib: 1_024,
            slot_pulses: 3,
            simulator: SimulatorConfig::default(),
            log: LogSection::default(),
        }
    }
}

impl Default for LogSection {
    fn default() -> Self {
        Self {
            filter: "info".to_owned(),
            json: false,
        }
    }
}

/// The configuration cannot be used; the text says where and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration {}: {source}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is not the TOML expected.
    #[error("the configuration {} is not valid: {source}", path.display())]
    Invalid {
        /// Which file.
        path: PathBuf,
        /// Line, column and reason.
        source: toml::de::Error,
    },
    /// A value cannot be used.
    #[error("{name} is {value}: {remedy}")]
    Value {
        /// The setting.
        name: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        remedy: &'static str,
    },
    /// The data folder cannot be written.
    #[error("cannot write to the data folder {}: {source}; choose another by --data-dir", path.display())]
    DataDir {
        /// Which folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl Config {
    /// The defaults, with what the file sets laid over them.
    pub fn read(path: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let text = fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        toml::from_str(&text).map_err(|source| ConfigError::Invalid {
            path: path.to_owned(),
            source,
        })
    }

    /// Refuses values that cannot be used, and makes sure that the data folder can be written.
    pub fn check(&self) -> Result<(), ConfigError> {
        let refuse = |name, value: String, remedy| {
            Err(ConfigError::Value {
                name,
                value,
                remedy,
            })
        };
        if TickRate::new(self.tick_rate_hz).is_none() {
            return refuse(
                "tick_rate_hz",
                self.tick_rate_hz.to_string(),
                "choose 0.1 to 14",
            );
        }
        if self.slot_pulses == 0 {
            return refuse("slot_pulses", "0".to_owned(), "choose 1 or more");
        }
        if self.queue_mib == 0 {
            return refuse("queue_mib", "0".to_owned(), "choose 1 or more");
        }
        self.check_data_dir()
            .map_err(|source| ConfigError::DataDir {
                path: self.data_dir.clone(),
                source,
            })
    }

    fn check_data_dir(&self) -> io::Result<()> {
        fs::create_dir_all(&self.data_dir)?;
        let probe = self.data_dir.join(".write-test");
        fs::write(&probe, b"")?;
        fs::remove_file(&probe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_can_be_written_down_and_left_out() {
        let config: Config = toml::from_str("").unwrap();
        assert_eq!(config, Config::default());
        let config: Config = toml::from_str("port = 0\n[simulator]\nseed = 7").unwrap();
        assert_eq!((config.port, config.simulator.seed), (0, 7));
        assert_eq!(config.simulator.event_rate_hz, 140_000.0);
    }

    #[test]
    fn unknown_settings_are_refused_by_name() {
        let error = toml::from_str::<Config>("prot = 1")
            .unwrap_err()
            .to_string();
        assert!(error.contains("prot") && error.contains("port"), "{error}");
    }

    #[test]
    fn values_out_of_range_say_what_they_may_be() {
        let config = Config {
            tick_rate_hz: 50.0,
            ..Config::default()
        };
        assert_eq!(
            config.check().unwrap_err().to_string(),
            "tick_rate_hz is 50: choose 0.1 to 14"
        );
    }
}
