//! The program as an operator starts it: where it says it is, and what it says when it cannot start.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// A folder with a client that can be served, and room for configurations and data.
struct Bench(TempDir);

impl Bench {
    fn new() -> Self {
        let bench = Self(tempfile::tempdir().expect("a temporary folder"));
        let manifest = r#"{"script":"pkg/a.js","loader":"pkg/b.js","wasm":"pkg/a.wasm","parts":[],"style":"pkg/a.css","icon":"pkg/a.svg"}"#;
        bench.write("site/manifest.json", manifest);
        for name in ["a.js", "b.js", "a.wasm", "a.css", "a.svg"] {
            bench.write(&format!("site/pkg/{name}"), name);
        }
        bench
    }

    fn path(&self, name: &str) -> String {
        let path = self.0.path().join(name);
        path.to_str().expect("a readable path").to_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        let folder = Path::new(&path).parent().expect("it is in a folder");
        fs::create_dir_all(folder).expect("the folder is writable");
        fs::write(&path, text).expect("the folder is writable");
        path
    }

    /// `beamdeck` with free port and own data folder, without what this process was told by its environment.
    fn beamdeck(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_beamdeck"));
        let ours = std::env::vars_os().map(|(name, _)| name);
        for name in ours.filter(|name| name.to_string_lossy().starts_with("BEAMDECK_")) {
            command.env_remove(name);
        }
        command
            .env("RUST_BACKTRACE", "0")
            .env("BEAMDECK_SITE_DIR", self.path("site"))
            .env("BEAMDECK_PORT", "0")
            .env("BEAMDECK_DATA_DIR", self.path("data"))
            .args(words)
            .stdin(Stdio::null());
        command
    }

    /// A start that must fail with exit code 1, the address never given; returns what it says.
    fn refused(&self, words: &[&str]) -> String {
        let output = self.beamdeck(words).output().expect("the program runs");
        let Output {
            status,
            stdout,
            stderr,
        } = output;
        let told = String::from_utf8(stderr).expect("messages are UTF-8");
        assert_eq!(status.code(), Some(1), "{told}");
        assert!(stdout.is_empty(), "{}", String::from_utf8_lossy(&stdout));
        told
    }
}

/// A server that runs until the test ends, however it ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Running {
    /// A server, and where it says it is.
    fn start(mut command: Command) -> (Self, SocketAddr) {
        let spawned = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut server = Self(spawned.expect("the program runs"));
        let stdout = server.0.stdout.take().expect("it is piped");
        let mut line = String::new();
        let read = BufReader::new(stdout).read_line(&mut line);
        read.expect("the address comes");
        let address = line.trim_end().strip_prefix("http://");
        let address = address
            .and_then(|it| it.parse().ok())
            .unwrap_or_else(|| panic!("{line:?} is no address"));
        (server, address)
    }

    /// What it has in memory beside its program, KiB, once that stays as it is; what it has after 10 s if it never does.
    fn settled_memory_kib(&self) -> u64 {
        let mut before = self.memory_kib();
        for _ in 0..10 {
            thread::sleep(Duration::from_secs(1));
            let now = self.memory_kib();
            if now.abs_diff(before) < 256 {
                return now;
            }
            before = now;
        }
        before
    }

    fn memory_kib(&self) -> u64 {
        let status = format!("/proc/{}/status", self.0.id());
        let status = fs::read_to_string(status).expect("it runs");
        let line = status.lines().find(|it| it.starts_with("RssAnon:"));
        let words = line.map(|it| it.split_whitespace().nth(1));
        let kib = words.flatten().and_then(|it| it.parse().ok());
        kib.expect("the system says so")
    }
}

#[test]
fn the_address_is_on_standard_output_even_when_nothing_is_logged() {
    let bench = Bench::new();
    let (mut server, address) = Running::start(bench.beamdeck(&["serve", "--log", "off"]));
    assert_ne!(address.port(), 0);
    TcpStream::connect(address).expect("it listens there");

    let mut stderr = server.0.stderr.take().expect("it is piped");
    drop(server);
    let mut log = String::new();
    stderr.read_to_string(&mut log).expect("text");
    assert_eq!(log, "");
}

#[test]
fn connections_share_what_the_server_answers_with() {
    const BATCH: u64 = 100;
    let bench = Bench::new();
    let quiet = ["serve", "--log", "off", "--set", "simulator.pulses=1"];
    let (server, address) = Running::start(bench.beamdeck(&quiet));
    let mut before = server.settled_memory_kib();
    let batch = |_| {
        let kept: Vec<_> = (0..BATCH).map(|_| used_connection(address)).collect();
        let after = server.settled_memory_kib();
        let grown = after.saturating_sub(before) / BATCH;
        before = after;
        (grown, kept)
    };
    let batches: Vec<_> = (0..5).map(batch).collect();
    // The server's own memory grows now and then; what a connection takes, every batch takes.
    let each = batches.iter().map(|(grown, _)| *grown).min();
    let each = each.expect("there are batches");
    // Hyper's buffers take 12. A copy of all routes took 43 more.
    assert!(each < 20, "{each} KiB for a connection");
}

/// A connection that was answered on and is kept.
fn used_connection(address: SocketAddr) -> TcpStream {
    let mut connection = TcpStream::connect(address).expect("it listens there");
    let request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    connection.write_all(request).expect("it is open");
    let mut answer = [0; 1024];
    let n = connection.read(&mut answer).expect("it answers");
    assert!(answer[..n].starts_with(b"HTTP/1.1 200 OK"));
    connection
}

/// Every part of `told` is in what the program said.
fn assert_says(said: &str, told: &[&str]) {
    for part in told {
        assert!(said.contains(part), "{part:?} is not in:\n{said}");
    }
}

#[test]
fn a_port_in_use_is_named_with_the_flag_that_chooses_another() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound");
    let said = Bench::new().refused(&["serve", "--port", &address.port().to_string()]);
    assert_says(&said, &[&address.to_string(), "--port", "in use"]);
}

#[test]
fn a_data_folder_that_is_a_file_is_named_with_the_flag_that_chooses_another() {
    let bench = Bench::new();
    let file = bench.write("occupied", "a file");
    let said = bench.refused(&["serve", "--data-dir", &file]);
    assert_says(&said, &[&file, "--data-dir"]);
}

#[test]
fn a_broken_configuration_is_named_with_the_line() {
    let bench = Bench::new();
    let torn = bench.write("torn.toml", "port = 0\ninstrument = \"dummy");
    let said = bench.refused(&["serve", "--config", &torn]);
    assert_says(&said, &[&torn, "line 2", "`beamdeck config`"]);

    let misspelt = bench.write("misspelt.toml", "port = 0\n\n[log]\njsno = true");
    let said = bench.refused(&["serve", "--config", &misspelt]);
    assert_says(&said, &[&misspelt, "line 4", "jsno", "`json`"]);
}

#[test]
fn a_configuration_that_cannot_be_read_is_named_with_its_flag() {
    let bench = Bench::new();
    for name in ["nowhere.toml", "site"] {
        let path = bench.path(name);
        let said = bench.refused(&["serve", "--config", &path]);
        assert_says(&said, &[&path, "--config"]);
    }
}

#[test]
fn an_unknown_instrument_is_answered_with_those_there_are() {
    let said = Bench::new().refused(&["serve", "--instrument", "nonesuch"]);
    assert_says(&said, &["nonesuch", "dummy", ".toml"]);
}

#[test]
fn a_broker_that_cannot_be_one_is_answered_with_how_to_write_it() {
    let said = Bench::new().refused(&["serve", "--kafka", "broker"]);
    assert_says(&said, &["broker", "host:port"]);
}

#[test]
fn a_simulation_without_a_broker_is_answered_with_how_to_name_one() {
    let bench = Bench::new();
    let said = bench.refused(&["simulate"]);
    assert_says(&said, &["--kafka HOST:PORT"]);
    let data = bench.path("data");
    assert!(!Path::new(&data).exists(), "it keeps nothing");
}
