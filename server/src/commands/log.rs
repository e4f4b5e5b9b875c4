//! Where the log goes: to standard error, as text or JSON.

use anyhow::Context as _;

use crate::config::LogSection;

/// Starts the log of this process; once.
pub(super) fn start(log: &LogSection) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(&log.filter)
        .with_context(|| format!("the log filter {:?} is not valid", log.filter))?;
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = if log.json {
        subscriber.json().try_init()
    } else {
        subscriber.try_init()
    };
    started.map_err(|error| anyhow::anyhow!("cannot start the log: {error}"))
}
