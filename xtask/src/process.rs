//! Running other programs: shown, checked, and with an error that names the command.

use std::ffi::OsString;
use std::io::{self, BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// The cargo that started us, or the one on the path.
pub(crate) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Runs a command with its output on the terminal; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", line(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a command whose output is progress, all of it on stderr: stdout is kept for results.
pub(crate) fn step(command: &mut Command) -> Result<()> {
    run(command.stdout(io::stderr()))
}

/// Runs a command with its progress on stderr, and hands on each line of its stdout as it comes.
pub(crate) fn lines(command: &mut Command, mut take: impl FnMut(&str) -> Result<()>) -> Result<()> {
    announce(command);
    let child = command.stdout(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("cannot start {}", line(command)))?;
    let stdout = child.stdout.take().context("stdout was not piped")?;
    for text in BufReader::new(stdout).lines() {
        take(&text?)?;
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{} failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a command quietly and returns what it wrote to stdout; its stderr stays on the terminal.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    command.stderr(Stdio::inherit());
    let output = command
        .output()
        .with_context(|| format!("cannot start {}", line(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})", line(command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{} did not write UTF-8", line(command)))
}

/// Runs a `cargo build` or `cargo rustc` with its progress on the terminal, with flags for the compiler itself; returns
/// the files it made or found made.
pub(crate) fn artifacts(command: &mut Command, compiler_flags: &[&str]) -> Result<Vec<PathBuf>> {
    command.arg("--message-format=json-render-diagnostics");
    if !compiler_flags.is_empty() {
        command.arg("--").args(compiler_flags);
    }
    announce(command);
    let messages = output(command)?;
    let made = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|it| it["reason"] == "compiler-artifact")
        .flat_map(|it| it["filenames"].as_array().cloned().unwrap_or_default())
        .filter_map(|it| it.as_str().map(PathBuf::from));
    Ok(made.collect())
}

/// Whether a program can be started and says so by success; its output is not shown.
pub(crate) fn answers(command: &mut Command) -> bool {
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// What a program says on stdout, its stderr not shown; `None` if it cannot be started or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let quiet = command.stdin(Stdio::null()).stderr(Stdio::null());
    let output = quiet.output().ok().filter(|it| it.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// Becomes the command, so that signals reach it without a middleman. Returns only where the
/// system has no such call: after the command's end, with its exit code.
pub(crate) fn become_command(command: &mut Command) -> Result<ExitCode> {
    announce(command);
    let code = replace(command).with_context(|| format!("cannot start {}", line(command)))?;
    Ok(code)
}

#[cfg(unix)]
fn replace(command: &mut Command) -> io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec())
}

#[cfg(not(unix))]
fn replace(command: &mut Command) -> io::Result<ExitCode> {
    let status = command.status()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn announce(command: &Command) {
    eprintln!("\x1b[2m$ {}\x1b[0m", line(command));
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
