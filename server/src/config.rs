//! How the server is configured: defaults, then a TOML file, then single settings of environment and command line;
//! the later wins.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;

use crate::ingest::kafka::{StartAt, StartAtError};
use crate::ingest::simulator::SimulatorConfig;
use crate::plot::TickRate;

mod settings;
mod text;

pub use self::text::DEFAULTS;

/// As much memory as a server of today can have, in MiB.
const MAX_MIB: u64 = 1 << 20;

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
    /// Where to begin in what the broker has: `end`, a time such as `2026-01-31T12:00:00Z`, or how long ago,
    /// such as `10m`.
    pub kafka_from: String,
    /// The largest message that is taken, MiB; 1 to 900.
    pub max_message_mib: u64,
    /// Where what must survive a restart is kept.
    pub data_dir: PathBuf,
    /// Ticks per second of a grid at most, 0.1 to 14.
    pub tick_rate_hz: f64,
    /// Messages that may wait for reduction, MiB; 1 to 1048576.
    pub queue_mib: u64,
    /// Histories of results, MiB; 1 to 1048576.
    pub results_mib: u64,
    /// Tables of all jobs together, MiB; 1 to 1048576.
    pub jobs_mib: u64,
    /// Pulses that results cover: jobs publish once in so many; 1 to 1000.
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
            kafka_from: "end".to_owned(),
            max_message_mib: 100,
            data_dir: PathBuf::from("data"),
            tick_rate_hz: 8.0,
            queue_mib: 256,
            results_mib: 1_024,
            jobs_mib: 4_096,
            slot_pulses: 2,
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
    #[error("cannot read the configuration {}: {source}; name a file that can be read by --config", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is not the TOML expected.
    #[error(
        "the configuration {} is not valid: {source}`beamdeck config` writes every setting at its default",
        path.display()
    )]
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
    /// One setting of the command line or the environment cannot be used.
    #[error(
        "the setting {setting:?} cannot be used: {reason}; write KEY=VALUE, with a key of the configuration file"
    )]
    Setting {
        /// As it was given.
        setting: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The time to begin at cannot be read.
    #[error(transparent)]
    From(#[from] StartAtError),
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
    /// The defaults, with what the file sets laid over them, and then `settings`: `key=value` each, of which the
    /// later wins.
    pub fn read<'s>(
        path: Option<&Path>,
        settings: impl IntoIterator<Item = &'s str>,
    ) -> Result<Self, ConfigError> {
        let mut table = toml::Table::new();
        if let Some(path) = path {
            let text = fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
                path: path.to_owned(),
                source,
            })?;
            let invalid = |source| ConfigError::Invalid {
                path: path.to_owned(),
                source,
            };
            // Read whole once, so that a message names the line.
            toml::from_str::<Self>(&text).map_err(invalid)?;
            table = toml::from_str(&text).map_err(invalid)?;
        }
        for setting in settings {
            settings::lay_over(&mut table, setting)?;
            let config: Result<Self, _> = table.clone().try_into();
            config.map_err(|error| ConfigError::Setting {
                setting: setting.to_owned(),
                reason: error.message().to_owned(),
            })?;
        }
        table.try_into().map_err(|error| ConfigError::Setting {
            setting: String::new(),
            reason: error.message().to_owned(),
        })
    }

    /// Refuses values that cannot be used.
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
        let wholes = [
            (
                "slot_pulses",
                u64::from(self.slot_pulses),
                1_000,
                "choose 1 to 1000",
            ),
            ("queue_mib", self.queue_mib, MAX_MIB, "choose 1 to 1048576"),
            (
                "results_mib",
                self.results_mib,
                MAX_MIB,
                "choose 1 to 1048576",
            ),
            ("jobs_mib", self.jobs_mib, MAX_MIB, "choose 1 to 1048576"),
            (
                "max_message_mib",
                self.max_message_mib,
                900,
                "choose 1 to 900",
            ),
        ];
        for (name, value, most, remedy) in wholes {
            if !(1..=most).contains(&value) {
                return refuse(name, value.to_string(), remedy);
            }
        }
        StartAt::parse(&self.kafka_from, 0)?;
        Ok(())
    }

    /// Makes sure that the data folder is there and can be written.
    pub fn make_data_dir(&self) -> Result<(), ConfigError> {
        let probe = self.data_dir.join(".write-test");
        let made = fs::create_dir_all(&self.data_dir)
            .and_then(|()| fs::write(&probe, b""))
            .and_then(|()| fs::remove_file(&probe));
        made.map_err(|source| ConfigError::DataDir {
            path: self.data_dir.clone(),
            source,
        })
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
    fn settings_are_laid_over_the_file_one_by_one() {
        let settings = [
            "tick_rate_hz=2.5",
            "simulator.seed=7",
            "instrument=x",
            "simulator.seed=8",
        ];
        let config = Config::read(None, settings).unwrap();
        assert_eq!((config.tick_rate_hz, config.simulator.seed), (2.5, 8));
        assert_eq!(config.instrument, "x");
        for (setting, reason) in [
            ("prot=1", "prot"),
            ("port", "KEY=VALUE"),
            ("simulator=1", "simulator"),
            ("port.a=1", "port"),
            ("queue_mib=much", "queue_mib"),
        ] {
            let error = Config::read(None, [setting]).unwrap_err().to_string();
            assert!(error.contains(setting) && error.contains(reason), "{error}");
        }
    }

    #[test]
    fn whole_numbers_have_limits_on_both_sides() {
        for bad in [
            "queue_mib=0",
            "queue_mib=17592186044416",
            "results_mib=0",
            "slot_pulses=0",
            "slot_pulses=1001",
            "max_message_mib=901",
            "kafka_from=tomorrow",
        ] {
            let error = Config::read(None, [bad]).unwrap().check().unwrap_err();
            let name = bad.split('=').next().unwrap();
            let text = error.to_string();
            assert!(text.contains(name) || text.contains("tomorrow"), "{text}");
        }
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
