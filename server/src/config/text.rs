//! The defaults as a file to start from.

/// Every setting at its default, as commented TOML.
pub const DEFAULTS: &str = include_str!("default.toml");

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::DEFAULTS;
    use crate::config::{Config, LogSection};
    use crate::ingest::simulator::{Silence, SimulatorConfig};

    /// The text with its examples in force, too.
    fn with_examples() -> String {
        let uncommented = |line: &'static str| match line.strip_prefix('#') {
            Some(example) if example.starts_with(|it: char| !it.is_whitespace()) => example,
            _ => line,
        };
        let lines = DEFAULTS.lines().map(uncommented);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The settings of a group, from what it says of one that it does not have.
    fn settings_of<T: DeserializeOwned>() -> Vec<String> {
        let said = toml::from_str::<T>("none-such = 1").err();
        let said = said.expect("unknown settings are refused").to_string();
        let (_, known) = said.split_once("expected one of").unwrap_or_else(|| {
            let expected = said.split_once("expected");
            expected.expect("the message lists what is known")
        });
        let quoted = known.split('`').skip(1).step_by(2);
        quoted.map(str::to_owned).collect()
    }

    #[test]
    fn the_text_is_the_defaults() {
        let written: Config = toml::from_str(DEFAULTS).unwrap();
        assert_eq!(written, Config::default());
    }

    #[test]
    fn its_examples_can_be_used() {
        let config: Config = toml::from_str(&with_examples()).unwrap();
        config.check().unwrap();
        assert!(config.kafka.is_some() && config.simulator.pulses.is_some());
    }

    #[test]
    fn it_names_every_setting() {
        let table: toml::Table = toml::from_str(&with_examples()).unwrap();
        let simulator = table["simulator"].as_table().unwrap();
        let silence = simulator["silences"][0].as_table().unwrap();
        for (settings, named) in [
            (settings_of::<Config>(), &table),
            (
                settings_of::<LogSection>(),
                table["log"].as_table().unwrap(),
            ),
            (settings_of::<SimulatorConfig>(), simulator),
            (settings_of::<Silence>(), silence),
        ] {
            assert!(!settings.is_empty());
            for setting in settings {
                assert!(named.contains_key(&setting), "{setting} is missing");
            }
        }
    }
}
