//! `beamdeck serve`: sources in, HTTP out, until a signal ends it.

use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Args;
use tokio::net::TcpListener;

use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::ingest::kafka::{KafkaConfig, KafkaSource, StartAt};
use crate::ingest::simulator::{Simulator, SimulatorSource};
use crate::ingest::{Source, StopToken};
use crate::instrument::Instrument;
use crate::plot::TickRate;
use crate::reduce::EngineConfig;
use crate::results::Budget;
use crate::routes::assets::Assets;
use crate::routes::{AllowedHosts, build_router};
use crate::services::{DashboardServices, ServicesConfig};
use crate::store::Store;
use crate::wire::Limits;

use super::common::CommonArgs;
use super::{connections, log, rules, signal};

/// What `serve` takes.
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    common: CommonArgs,
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
    /// Folder with the built client [default: the one in this program].
    #[arg(long, value_name = "DIR", env = "BEAMDECK_SITE_DIR", hide = true)]
    site: Option<PathBuf>,
}

/// How long after the signal everything has ended, of its own accord or not.
const DEADLINE: Duration = Duration::from_millis(4_500);
/// What of it open requests may take; the rest is for the threads.
const GRACE: Duration = Duration::from_secs(3);
/// How long nobody has edited anything when the database's log is emptied.
const IDLE: Duration = Duration::from_secs(5);

impl ServeArgs {
    /// The configuration in force; `settings` are the environment's.
    pub(super) fn config(&self, settings: &str) -> Result<Config, ConfigError> {
        let mut config = self.common.config(settings)?;
        config.bind = self.bind.unwrap_or(config.bind);
        config.port = self.port.unwrap_or(config.port);
        config
            .allowed_hosts
            .extend(self.allowed_hosts.iter().cloned());
        config.kafka = self.kafka.clone().or(config.kafka);
        config.kafka_from = self.from.clone().unwrap_or(config.kafka_from);
        config.data_dir = self.data_dir.clone().unwrap_or(config.data_dir);
        config.check()?;
        Ok(config)
    }
}

/// Serves until SIGTERM or SIGINT; `settings` are the environment's.
pub(super) fn serve(args: &ServeArgs, settings: &str) -> anyhow::Result<()> {
    let config = &args.config(settings)?;
    config.make_data_dir()?;
    log::start(&config.log)?;
    let instrument = rules::load(&config.instrument, None)?;
    let assets = Arc::new(Assets::open(args.site.as_deref())?);
    let source = source(config, &instrument)?;
    let clock = Clock::system();
    let store = Store::open(&config.data_dir, &instrument.name, clock.now())?;
    let services = DashboardServices::new(instrument, services_config(config), store, clock)?;
    let source = services
        .attach(source)
        .context("cannot start the source's thread")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let stop_source = source.stop_token();
    let (served, ended) = runtime.block_on(async {
        let served = run(config, Arc::clone(&services), assets, stop_source);
        let (served, stopping_since) = served.await;
        (served, stopping_since + DEADLINE)
    });
    let parts = move || {
        source.stop();
        services.stop();
    };
    if !ends_until(ended, parts) {
        tracing::warn!("not every thread has ended in time: leaving without them");
    }
    runtime.shutdown_timeout(ended.saturating_duration_since(Instant::now()));
    served
}

/// Runs `parts` on a thread of its own and says whether it was done by `deadline`.
fn ends_until(deadline: Instant, parts: impl FnOnce() + Send + 'static) -> bool {
    let (done, wait) = mpsc::sync_channel(1);
    std::thread::spawn(move || {
        parts();
        done.send(()).ok();
    });
    let left = deadline.saturating_duration_since(Instant::now());
    wait.recv_timeout(left).is_ok()
}

/// Serves until a signal, and says how that went and when the end began.
async fn run(
    config: &Config,
    services: Arc<DashboardServices>,
    assets: Arc<Assets>,
    source: StopToken,
) -> (anyhow::Result<()>, Instant) {
    let mut stop = services.shutdown.subscribe();
    let stopping = async move {
        stop.wait_for(|stopping| *stopping).await.ok();
        Instant::now()
    };
    let care = look_after(Arc::clone(&services));
    let server = listen(config, services, assets, source);
    tokio::pin!(server, stopping, care);
    let since = tokio::select! {
        served = &mut server => return (served, Instant::now()),
        since = &mut stopping => since,
        never = &mut care => never,
    };
    let served = tokio::time::timeout_at((since + GRACE).into(), server).await;
    (served.unwrap_or(Ok(())), since)
}

/// Looks after sources, streams and the database, for ever.
async fn look_after(services: Arc<DashboardServices>) -> ! {
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    loop {
        seconds.tick().await;
        services.tell_news();
        let store = Arc::clone(&services.store);
        let checkpoint = tokio::task::spawn_blocking(move || store.checkpoint(IDLE));
        if let Err(error) = checkpoint.await {
            tracing::error!("the database could not be looked after: {error}");
        }
    }
}

async fn listen(
    config: &Config,
    services: Arc<DashboardServices>,
    assets: Arc<Assets>,
    source: StopToken,
) -> anyhow::Result<()> {
    let address = SocketAddr::from((config.bind, config.port));
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!(
            "cannot listen on {address}: choose another port by --port, or stop what listens there"
        )
    })?;
    let address = listener.local_addr()?;
    let hosts = AllowedHosts::new(&config.allowed_hosts);
    let router = build_router(Arc::clone(&services), assets, hosts);
    tracing::info!(
        "Beamdeck serves {} at http://{address}",
        services.instrument.title
    );
    announce(address);
    let stopping = Arc::clone(&services);
    let stop = async move {
        signal::ended().await;
        tracing::info!("stopping");
        source.stop();
        // Wakes end first: pages start to reconnect, and nothing keeps the connections open.
        stopping.shutdown.send_replace(true);
    };
    connections::serve(listener, router, connections::HEAD_TIMEOUT, stop).await;
    Ok(())
}

/// Says on standard output where the server is, and nothing else: whoever let it choose its port reads it there,
/// whatever the log shows.
fn announce(address: SocketAddr) {
    let told = writeln!(std::io::stdout(), "http://{address}");
    if let Err(error) = told {
        tracing::debug!("nobody reads the address: {error}");
    }
}

fn source(config: &Config, instrument: &Instrument) -> anyhow::Result<Box<dyn Source>> {
    if let Some(brokers) = &config.kafka {
        let start = StartAt::parse(&config.kafka_from, Clock::system().now().0)?;
        let kafka = KafkaConfig::new(brokers)?.starting(start);
        let kafka = kafka.accepting(wire_limits(config).max_message_bytes);
        return Ok(Box::new(KafkaSource::new(kafka)));
    }
    let simulator = Simulator::new(instrument, config.simulator.clone())?;
    Ok(Box::new(SimulatorSource::new(simulator)))
}

fn services_config(config: &Config) -> ServicesConfig {
    ServicesConfig {
        queue_bytes: (config.queue_mib << 20) as usize,
        results: Budget {
            total_bytes: (config.results_mib << 20) as usize,
            ..Budget::default()
        },
        tick_rate: TickRate::new(config.tick_rate_hz).unwrap_or_default(),
        engine: EngineConfig {
            slot_pulses: config.slot_pulses,
            jobs_bytes: (config.jobs_mib << 20) as usize,
            wire: wire_limits(config),
            ..EngineConfig::default()
        },
    }
}

fn wire_limits(config: &Config) -> Limits {
    Limits {
        max_message_bytes: (config.max_message_mib << 20) as usize,
        ..Limits::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_end_is_not_waited_for() {
        let soon = || Instant::now() + Duration::from_millis(50);
        assert!(ends_until(soon() + DEADLINE, || {}));
        let begun = Instant::now();
        let endless = || std::thread::sleep(Duration::from_mins(1));
        assert!(!ends_until(soon(), endless));
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
}
