//! `cargo xtask serve`: the client, its site folder, the server, then the server itself.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::process;
use crate::site::{self, EMBED_ENV, SITE_ENV};
use crate::workspace::Workspace;

/// What `serve` takes; everything but `--release` goes to the server unchanged.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Build everything optimised, as one binary with the client embedded.
    #[arg(long)]
    release: bool,
    /// The port to listen on [server default: 8200].
    #[arg(long)]
    port: Option<u16>,
    /// The address to listen on [server default: 127.0.0.1].
    #[arg(long)]
    bind: Option<String>,
    /// The server's configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Take the instrument's data from this Kafka broker instead of the simulator.
    #[arg(long, value_name = "HOST:PORT")]
    kafka: Option<String>,
    /// The instrument to serve [server default: dummy].
    #[arg(long, value_name = "NAME")]
    instrument: Option<String>,
    /// Where the server keeps what must survive a restart.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

/// Builds what changed and becomes the server.
pub(crate) fn serve(workspace: &Workspace, args: &ServeArgs) -> Result<ExitCode> {
    let profile = if args.release {
        site::Profile::Release
    } else {
        site::Profile::Dev
    };
    let site = site::build(workspace, profile)?;
    let mut command = workspace.cargo(["run", "--package", "beamdeck-server", "--bin", "beamdeck"]);
    if args.release {
        command.args(["--release", "--features", "embed"]);
        command.env(EMBED_ENV, &site.folder);
    } else {
        command.env(SITE_ENV, &site.folder);
    }
    command.args(["--", "serve"]).args(args.forwarded()?);
    process::become_command(&mut command)
}

impl ServeArgs {
    /// The server's share of the flags. Paths are made absolute: cargo runs the server at the
    /// workspace's root, wherever we were started.
    fn forwarded(&self) -> Result<Vec<String>> {
        let mut flags = Vec::new();
        let mut push = |flag: &str, value: Option<String>| {
            if let Some(value) = value {
                flags.extend([flag.to_owned(), value]);
            }
        };
        push("--port", self.port.map(|it| it.to_string()));
        push("--bind", self.bind.clone());
        push("--config", absolute(self.config.as_ref())?);
        push("--kafka", self.kafka.clone());
        push("--instrument", self.instrument.clone());
        push("--data-dir", absolute(self.data_dir.as_ref())?);
        Ok(flags)
    }
}

fn absolute(path: Option<&PathBuf>) -> Result<Option<String>> {
    let Some(path) = path else { return Ok(None) };
    let absolute = std::path::absolute(path)
        .with_context(|| format!("{} is not a path", path.display()))?
        .into_os_string();
    let text = absolute
        .into_string()
        .ok()
        .context("a path given to serve must be UTF-8")?;
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::ServeArgs;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        args: ServeArgs,
    }

    #[test]
    fn only_what_was_given_is_forwarded() {
        let cli = Cli::parse_from([
            "serve",
            "--release",
            "--port",
            "9000",
            "--kafka",
            "host:9092",
        ]);
        let flags = cli.args.forwarded().expect("no paths to resolve");
        assert_eq!(flags, ["--port", "9000", "--kafka", "host:9092"]);
    }

    #[test]
    fn paths_are_forwarded_absolute() {
        let cli = Cli::parse_from(["serve", "--data-dir", "/srv/beamdeck"]);
        let flags = cli.args.forwarded().expect("the path is absolute already");
        assert_eq!(flags, ["--data-dir", "/srv/beamdeck"]);
    }
}
