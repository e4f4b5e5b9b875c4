//! The server under load: the program itself, on a free port, with a grid of twelve mixed layers.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
    _folder: TempDir,
}

impl Server {
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("site/pkg")).expect("the folder is writable");
        let manifest =
            r#"{"script":"pkg/a.js","wasm":"pkg/a.wasm","style":"pkg/a.css","icon":"pkg/a.svg"}"#;
        fs::write(path("site/manifest.json"), manifest).expect("the folder is writable");
        for name in ["a.js", "a.wasm", "a.css", "a.svg"] {
            fs::write(path("site/pkg").join(name), name).expect("the folder is writable");
        }
        let instrument = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/twelve.toml");
        let mut child = Command::new(env!("CARGO_BIN_EXE_beamdeck"))
            .args(["serve", "--port", "0", "--instrument", instrument])
            .args(["--data-dir".as_ref(), path("data").as_os_str()])
            .args(["--site".as_ref(), path("site").as_os_str()])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server is built");
        let mut log = BufReader::new(child.stderr.take().expect("it is piped"));
        let address = loop {
            let mut line = String::new();
            let read = log.read_line(&mut line).expect("the log is text");
            assert!(read > 0, "the server ended before it listened");
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.trim().parse().expect("an address");
            }
        };
        // What it logs later must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Self {
            child,
            address,
            _folder: folder,
        }
    }

    /// User and system time so far, s.
    pub(super) fn cpu_secs(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("it runs");
        // Fields after the name, which ends with the last bracket; utime and stime are fields 14 and 15.
        let fields: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let ticks = |index: usize| fields[index].parse::<f64>().expect("a number");
        (ticks(11) + ticks(12)) / TICKS_PER_SEC
    }

    /// Resident memory.
    pub(super) fn memory_bytes(&self) -> u64 {
        let statm =
            fs::read_to_string(format!("/proc/{}/statm", self.child.id())).expect("it runs");
        let pages: u64 = statm
            .split_whitespace()
            .nth(1)
            .expect("a field")
            .parse()
            .expect("a number");
        pages * PAGE_BYTES
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it was killed");
    }
}

/// Linux on every architecture that this runs on.
const TICKS_PER_SEC: f64 = 100.0;
const PAGE_BYTES: u64 = 4_096;
