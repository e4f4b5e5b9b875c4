//! Killed at any moment, the database holds every write that was acknowledged, whole.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use server::store::{Opened, Store, Writes};
use shared::id::{CellId, GridId};
use shared::time::TimeNs;
use shared::topology::{Cell, CellGeometry, Grid, Piece};

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
    let mut out = std::io::stdout().lock();
    for n in start.. {
        store.write(&writes(n)).unwrap();
        writeln!(out, "written {n}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn every_acknowledged_write_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = None;
    for round in 0..20 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "writes_until_killed", "--ignored", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let written = lines.map_while(Result::ok).filter_map(|line| {
            let number = line.split("written ").nth(1)?;
            number.trim().parse::<u32>().ok()
        });
        // Each round ends elsewhere; the last line that was read is acknowledged.
        let last = written.take(1 + round * 7 % 23).last();
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged = acknowledged.max(last);

        let store = open(folder.path());
        assert_eq!(store.opened(), &Opened::AsItWas);
        let kept = store.kept().unwrap();
        assert_eq!(kept.unreadable, Vec::<String>::new());
        let count = kept.arrangement.grids.len() as u32;
        let expected = acknowledged.expect("something was written");
        assert!(
            count > expected,
            "{expected} was acknowledged, {count} are there"
        );
        for n in 0..count {
            for piece in writes(n).puts {
                assert_eq!(kept.arrangement.piece(piece.id()), Some(piece));
            }
        }
    }
}
