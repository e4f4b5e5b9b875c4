//! `beamdeck serve`: sources in, HTTP out, until a signal ends it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;

use crate::clock::Clock;
use crate::config::Config;
use crate::ingest::Source;
use crate::ingest::kafka::{KafkaConfig, KafkaSource};
use crate::ingest::simulator::{Simulator, SimulatorSource};
use crate::instrument::Instrument;
use crate::plot::TickRate;
use crate::reduce::EngineConfig;
use crate::results::Budget;
use crate::routes::assets::Assets;
use crate::routes::{AllowedHosts, build_router};
use crate::services::{DashboardServices, ServicesConfig};

use super::{log, rules, signal};

/// How long open requests may take once the server is stopping.
const GRACE: Duration = Duration::from_secs(4);

/// Serves until SIGTERM or SIGINT.
pub(super) fn serve(config: &Config, site: Option<&Path>) -> anyhow::Result<()> {
    log::start(&config.log)?;
    let instrument = rules::load(&config.instrument, None)?;
    let assets = Arc::new(Assets::open(site)?);
    let source = source(config, &instrument)?;
    let services = DashboardServices::new(instrument, services_config(config), Clock::system())
        .context("cannot start the threads of the server")?;
    let source = services
        .attach(source)
        .context("cannot start the source's thread")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let served = runtime.block_on(run(config, Arc::clone(&services), assets));
    source.stop();
    services.stop();
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

async fn run(
    config: &Config,
    services: Arc<DashboardServices>,
    assets: Arc<Assets>,
) -> anyhow::Result<()> {
    let address = SocketAddr::from((config.bind, config.port));
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!(
            "cannot listen on {address}: choose another port by --port, or stop what listens there"
        )
    })?;
    let address = listener.local_addr()?;
    // Wakes are small and must not wait to be sent together with what follows.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!("cannot turn off Nagle's algorithm: {error}");
        }
    });
    let hosts = AllowedHosts::new(&config.allowed_hosts);
    let router = build_router(Arc::clone(&services), assets, hosts);
    tracing::info!(
        "Beamdeck serves {} at http://{address}",
        services.instrument.title
    );
    let stopping = Arc::clone(&services);
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        signal::ended().await;
        tracing::info!("stopping");
        // Wakes end first: pages start to reconnect, and nothing keeps the connections open.
        stopping.shutdown.send_replace(true);
    });
    let mut stop = services.shutdown.subscribe();
    tokio::select! {
        served = server => served.context("the server failed"),
        () = async {
            stop.wait_for(|stopping| *stopping).await.ok();
            tokio::time::sleep(GRACE).await;
        } => Ok(()),
    }
}

fn source(config: &Config, instrument: &Instrument) -> anyhow::Result<Box<dyn Source>> {
    if let Some(brokers) = &config.kafka {
        return Ok(Box::new(KafkaSource::new(KafkaConfig::new(brokers)?)));
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
            ..EngineConfig::default()
        },
    }
}
