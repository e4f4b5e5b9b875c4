//! Single settings as text: `tick_rate_hz=2`, `simulator.seed=7`.

use toml::{Table, Value};

use super::ConfigError;

/// Sets what `setting` says in `table`. A value that is no TOML is a text.
pub(super) fn lay_over(table: &mut Table, setting: &str) -> Result<(), ConfigError> {
    let refuse = |reason: String| ConfigError::Setting {
        setting: setting.to_owned(),
        reason,
    };
    let (key, value) = setting
        .split_once('=')
        .ok_or_else(|| refuse("it has no =".to_owned()))?;
    let mut groups: Vec<_> = key.trim().split('.').map(str::trim).collect();
    let name = groups.pop().unwrap_or_default();
    let mut table = table;
    for group in groups {
        let entry = table.entry(group);
        let value = entry.or_insert_with(|| Value::Table(Table::new()));
        table = value
            .as_table_mut()
            .ok_or_else(|| refuse(format!("{group} is no group of settings")))?;
    }
    table.insert(name.to_owned(), read(value.trim()));
    Ok(())
}

fn read(value: &str) -> Value {
    let line = format!("value = {value}");
    let read = toml::from_str::<Table>(&line).ok();
    let read = read.filter(|table| table.len() == 1);
    let read = read.and_then(|mut table| table.remove("value"));
    // A time is a text to all settings.
    let read = read.filter(|value| !value.is_datetime());
    read.unwrap_or_else(|| Value::String(value.to_owned()))
}
