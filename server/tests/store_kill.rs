//! Killed at any moment, the database holds every write that was acknowledged, whole.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use server::store::{Opened, Store, Writes};
use shared::id::{CellId, GridId, TemplateId};
use shared::time::TimeNs;
use shared::topology::{Cell, CellGeometry, Grid, KeptTemplate, Piece, StoredTemplate};

const FOLDER: &str = "BEAMDECK_TEST_STORE";
const NOW: TimeNs = TimeNs(1_700_000_000_000_000_000);

/// Write `n`: a grid with one cell.
fn writes(n: u32) -> Writes {
    let grid = GridId::derived(&n.to_string());
    Writes {
        puts: vec![
            Piece::Grid(Grid {
                id: grid,
                title: "x".repeat(n as usize % 3_000 + 1),
                nrows: 1,
                ncols: 1,
                enabled: true,
                order: n as i32,
            }),
            Piece::Cell(Cell {
                id: CellId::derived(&n.to_string()),
                grid,
                geometry: CellGeometry::between((0, 0), (0, 0)),
                title: None,
            }),
        ],
        now: NOW,
        ..Writes::default()
    }
}

/// The template that is kept after write `n`.
fn template(n: u32) -> StoredTemplate {
    StoredTemplate {
        kept: KeptTemplate {
            id: TemplateId::derived(&n.to_string()),
            by: "a test".to_owned(),
            time_ns: NOW.plus(n.into()),
        },
        title: n.to_string(),
        document: "x".repeat(n as usize % 3_000 + 1),
    }
}

fn open(folder: &Path) -> Store {
    Store::open(folder, "dummy", NOW).expect("the folder can be used")
}

/// The process that is killed. It runs on its own only, started by the test below.
#[test]
#[ignore = "started by the test below"]
fn writes_until_killed() {
    let folder = env::var_os(FOLDER).expect("the test below says where");
    let store = open(Path::new(&folder));
    let start = store.kept().unwrap().arrangement.grids.len() as u32;
    // The one before may have been killed between a write and its template.
    if let Some(last) = start.checked_sub(1) {
        store.keep_template(&template(last)).unwrap();
    }
    let mut out = std::io::stdout().lock();
    for n in start.. {
        store.write(&writes(n)).unwrap();
        store.keep_template(&template(n)).unwrap();
        writeln!(out, "written {n}").unwrap();
        out.flush().unwrap();
    }
}

/// Runs the process above on `folder` until it has said `n` lines, kills it, and returns the last write it acknowledged.
fn kill_after(n: usize, folder: &Path) -> Option<u32> {
    let mut child = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "writes_until_killed", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let written = lines.map_while(Result::ok).filter_map(|line| {
        let number = line.split("written ").nth(1)?;
        number.trim().parse::<u32>().ok()
    });
    // The last line that was read is acknowledged.
    let last = written.take(n).last();
    child.kill().expect("it runs");
    child.wait().expect("it has ended");
    last
}

/// How many writes `store` holds: the first ones, each whole. The last one may lack its template.
fn held(store: &Store) -> u32 {
    let kept = store.kept().expect("it can be read");
    assert_eq!(kept.unreadable, Vec::<String>::new());
    let count = kept.arrangement.grids.len() as u32;
    for n in 0..count {
        for piece in writes(n).puts {
            assert_eq!(kept.arrangement.piece(piece.id()), Some(piece));
        }
    }
    let templates = store.templates().expect("it can be read");
    let kept = templates.len() as u32;
    assert!(kept == count || kept + 1 == count, "{kept} of {count}");
    let expected: Vec<_> = (0..kept).map(template).collect();
    assert!(templates == expected, "each is whole");
    count
}

#[test]
fn every_acknowledged_write_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = None;
    for round in 0..20 {
        // Each round ends elsewhere.
        acknowledged = acknowledged.max(kill_after(1 + round * 7 % 23, folder.path()));
        let store = open(folder.path());
        assert_eq!(store.opened(), &Opened::AsItWas);
        let count = held(&store);
        let expected = acknowledged.expect("something was written");
        assert!(
            count > expected,
            "{expected} was acknowledged, {count} are there"
        );
    }
}

#[test]
fn damage_in_the_log_of_a_killed_server_is_told_and_costs_what_was_written_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let acknowledged = kill_after(40, folder.path()).expect("something was written");
    let log = folder.path().join("dummy.sqlite3-wal");
    let mut bytes = fs::read(&log).unwrap();
    for byte in &mut bytes[150_000..150_100] {
        *byte ^= 0xA5;
    }
    fs::write(&log, &bytes).unwrap();
    let store = open(folder.path());
    let Opened::Replaced { aside, .. } = store.opened() else {
        panic!("the damage was not seen");
    };
    let mut log = aside.clone().into_os_string();
    log.push("-wal");
    assert!(fs::read(log).unwrap() == bytes, "it is kept byte for byte");
    let count = held(&store);
    assert!(
        (1..=acknowledged).contains(&count),
        "{count} of {acknowledged}"
    );
    let told = store.trouble().unwrap();
    assert!(told.contains("later writes are not"), "{told}");
    store.write(&writes(count)).unwrap();
    drop(store);
    assert_eq!(held(&open(folder.path())), count + 1);
}
