//! What can be saved of a database whose log is damaged: a copy of all that was written before.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::log::DamagedLog;
use super::open::{examine, with_suffix};

/// A sound copy.
#[derive(Debug)]
pub(super) struct Rescued {
    /// The file, without a log.
    pub(super) path: PathBuf,
    /// What it has, in words.
    pub(super) shown: String,
}

/// Copies what is sound of the database at `path`, whose log is `log`; none when there is nothing. Both stay as they are.
pub(super) fn rescue(path: &Path, log: &DamagedLog) -> Option<Rescued> {
    let copy = with_suffix(path, ".rescued");
    let main = fs::read(path).ok()?;
    let (sound, lost) = log.writes();
    if !log.is_in(&main) && is_whole_copy(&copy, &main, log.sound()) {
        let shown =
            format!("what was saved before is shown, and at least {lost} later writes are not");
        return Some(Rescued { path: copy, shown });
    }
    if is_whole_copy(&copy, &main, &[]) {
        let shown = if log.is_in(&main) {
            "what is shown is what the database has without its log, which had been copied"
                .to_owned()
        } else {
            let lost = sound + lost;
            format!(
                "what is shown is what the database has without its log, which had at least {lost} writes"
            )
        };
        return Some(Rescued { path: copy, shown });
    }
    remove(&copy);
    None
}

/// Puts a database of `main` and `log` at `copy`, as one file, and says whether it is whole and has anything.
fn is_whole_copy(copy: &Path, main: &[u8], log: &[u8]) -> bool {
    match whole_copy(copy, main, log) {
        Ok(is_whole) => is_whole,
        Err(error) => {
            tracing::warn!("a copy of the damaged database cannot be used: {error}");
            false
        }
    }
}

fn whole_copy(copy: &Path, main: &[u8], log: &[u8]) -> Result<bool, Box<dyn std::error::Error>> {
    remove(copy);
    fs::write(copy, main)?;
    if !log.is_empty() {
        fs::write(with_suffix(copy, "-wal"), log)?;
    }
    let connection = Connection::open(copy)?;
    // Pages of different ages fit together only by chance: indexes are compared with their tables.
    let verdict: String =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    let version = examine(&connection)?;
    let is_whole = verdict == "ok" && version.is_ok_and(|version| version > 0);
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error)?;
    File::open(copy)?.sync_all()?;
    Ok(is_whole)
}

fn remove(copy: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let path = with_suffix(copy, suffix);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!("{} cannot be removed: {error}", path.display());
            }
            _ => {}
        }
    }
}
