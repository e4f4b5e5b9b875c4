//! The server under load: the program itself, on a free port. Its log tells when it commits.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Lines};
use std::net::SocketAddr;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tempfile::TempDir;

pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
    commits: Arc<Mutex<BTreeMap<u64, i64>>>,
    _folder: TempDir,
}

type Log = Lines<BufReader<ChildStderr>>;

impl Server {
    /// Serves an instrument file with settings in TOML.
    pub(super) fn start(instrument: &str, config: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("site/pkg")).expect("the folder is writable");
        let manifest = r#"{"script":"pkg/a.js","loader":"pkg/b.js","wasm":"pkg/a.wasm","parts":[],"style":"pkg/a.css","icon":"pkg/a.svg"}"#;
        fs::write(path("site/manifest.json"), manifest).expect("the folder is writable");
        for name in ["a.js", "b.js", "a.wasm", "a.css", "a.svg"] {
            fs::write(path("site/pkg").join(name), name).expect("the folder is writable");
        }
        fs::write(path("config.toml"), config).expect("the folder is writable");
        let mut child = Command::new(env!("CARGO_BIN_EXE_beamdeck"))
            .args(["serve", "--port", "0", "--instrument", instrument])
            .args(["--log-json", "--log", "info,server::state=trace"])
            .args(["--config".as_ref(), path("config.toml").as_os_str()])
            .args(["--data-dir".as_ref(), path("data").as_os_str()])
            .args(["--site".as_ref(), path("site").as_os_str()])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server is built");
        let mut log = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let address = address(&mut log);
        let commits = Arc::default();
        let record = Arc::clone(&commits);
        std::thread::spawn(move || record_commits(log, &record));
        Self {
            child,
            address,
            commits,
            _folder: folder,
        }
    }

    /// When each revision so far was committed, ns since 1970.
    pub(super) fn commits(&self) -> BTreeMap<u64, i64> {
        self.commits
            .lock()
            .expect("its writer does not panic")
            .clone()
    }

    /// Time on a core of all threads so far, s; threads that ended are not counted.
    pub(super) fn cpu_secs(&self) -> f64 {
        let threads = format!("/proc/{}/task", self.child.id());
        let on_cpu_ns = |thread: fs::DirEntry| -> Option<f64> {
            let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            text.split_whitespace().next()?.parse().ok()
        };
        let threads = fs::read_dir(threads).expect("it runs").flatten();
        threads.filter_map(on_cpu_ns).sum::<f64>() / 1e9
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

/// Reads the log until it says where the server listens.
fn address(log: &mut Log) -> SocketAddr {
    for line in log.by_ref() {
        let entry: Value =
            serde_json::from_str(&line.expect("the log is text")).unwrap_or_default();
        let message = entry["fields"]["message"].as_str().unwrap_or_default();
        if let Some((_, address)) = message.split_once("http://") {
            return address.parse().expect("an address");
        }
    }
    panic!("the server ended before it listened: run `beamdeck serve` to see why")
}

/// Reads the log to its end: what the server logs must not fill the pipe.
fn record_commits(log: Log, commits: &Mutex<BTreeMap<u64, i64>>) {
    for line in log.map_while(Result::ok) {
        let entry: Value = serde_json::from_str(&line).unwrap_or_default();
        let fields = &entry["fields"];
        if let Some(revision) = fields["revision"].as_u64()
            && let Some(time_ns) = fields["time_ns"].as_i64()
        {
            let mut commits = commits.lock().expect("its readers do not panic");
            commits.insert(revision, time_ns);
        }
    }
}

/// Linux on every architecture that this runs on.
const PAGE_BYTES: u64 = 4_096;
