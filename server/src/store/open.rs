//! Opens the database, or sets a damaged one aside and begins a new one. Nothing is written before it is known to be
//! whole and ours.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode};
use shared::time::TimeNs;

use super::lock::Acknowledged;
use super::log::DamagedLog;
use super::migrate::{APPLICATION_ID, MIGRATIONS, migrate};
use super::rescue::{Rescued, rescue};
use super::{Opened, StoreError};

/// How long a program that reads the file beside the server may keep a write waiting.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// Why a file cannot be used as it is.
pub(super) enum Trouble {
    /// It is not, or no longer, a database of ours; nothing of it can be trusted.
    Damaged(String),
    /// It may be whole: it is left alone.
    Refused(StoreError),
}

/// Opens the database at `path` with the newest schema.
pub(super) fn open(
    path: &Path,
    now: TimeNs,
    acknowledged: Option<Acknowledged>,
) -> Result<(Connection, Opened), StoreError> {
    // SQLite would read a damaged log up to the damage and write over the rest: it is looked at first.
    if let Some(log) = damaged_log(path, acknowledged) {
        return replace(path, now, log.reason(), rescue(path, &log));
    }
    match open_whole(path) {
        Ok(connection) => Ok((connection, Opened::AsItWas)),
        Err(Trouble::Refused(error)) => Err(error),
        Err(Trouble::Damaged(reason)) => replace(path, now, reason, None),
    }
}

/// Sets the database aside and goes on with what was rescued of it, or with a new one.
fn replace(
    path: &Path,
    now: TimeNs,
    reason: String,
    rescued: Option<Rescued>,
) -> Result<(Connection, Opened), StoreError> {
    let failed = |source| StoreError::Aside {
        path: path.to_owned(),
        source,
    };
    let aside = set_aside(path, now).map_err(failed)?;
    let shown = match rescued {
        Some(rescued) => {
            fs::rename(&rescued.path, path).map_err(failed)?;
            rescued.shown
        }
        None => "what was arranged in it is not shown".to_owned(),
    };
    tracing::error!(
        "the database {} is damaged ({reason}): it is kept as {}, and {shown}",
        path.display(),
        aside.display()
    );
    let opened = Opened::Replaced {
        aside,
        reason,
        shown,
    };
    match open_whole(path) {
        Ok(connection) => Ok((connection, opened)),
        Err(Trouble::Refused(error)) => Err(error),
        Err(Trouble::Damaged(reason)) => Err(failed(io::Error::other(reason))),
    }
}

/// The log beside the database at `path`, when it is damaged. What cannot be read is SQLite's to refuse.
fn damaged_log(path: &Path, acknowledged: Option<Acknowledged>) -> Option<DamagedLog> {
    let log = fs::read(with_suffix(path, "-wal")).ok()?;
    DamagedLog::find(log, &fs::read(path).ok()?, acknowledged)
}

/// A database in memory, for as long as it is open.
pub(super) fn in_memory() -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    migrate(&mut connection, 0)?;
    Ok(connection)
}

fn open_whole(path: &Path) -> Result<Connection, Trouble> {
    let trouble = |source: rusqlite::Error| match source.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            Trouble::Damaged(source.to_string())
        }
        _ => Trouble::Refused(StoreError::Open {
            path: path.to_owned(),
            source,
        }),
    };
    let mut connection = Connection::open(path).map_err(trouble)?;
    // As long as the file may be damaged, closing it changes nothing.
    keep_on_close(&connection, true).map_err(trouble)?;
    connection.busy_timeout(PATIENCE).map_err(trouble)?;
    let version = examine(&connection).map_err(trouble)??;
    if version > MIGRATIONS.len() {
        return Err(Trouble::Refused(StoreError::Newer {
            path: path.to_owned(),
            found: version,
            known: MIGRATIONS.len(),
        }));
    }
    keep_on_close(&connection, false).map_err(trouble)?;
    // Whoever reads does not hinder the writer; what is committed survives a loss of power.
    connection
        .pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
        .map_err(trouble)?;
    connection
        .pragma_update(None, "synchronous", "full")
        .map_err(trouble)?;
    migrate(&mut connection, version).map_err(trouble)?;
    Ok(connection)
}

fn keep_on_close(connection: &Connection, keep: bool) -> rusqlite::Result<()> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep)
        .map(drop)
}

/// The version of a whole database of ours; 0 for an empty file.
pub(super) fn examine(connection: &Connection) -> rusqlite::Result<Result<usize, Trouble>> {
    let number = |pragma: &str| -> rusqlite::Result<i64> {
        connection.pragma_query_value(None, pragma, |row| row.get(0))
    };
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let (application, version) = (number("application_id")?, number("user_version")?);
    if (tables, application, version) == (0, 0, 0) {
        return Ok(Ok(0));
    }
    if application != i64::from(APPLICATION_ID) {
        let reason = "it was made by another program".to_owned();
        return Ok(Err(Trouble::Damaged(reason)));
    }
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Ok(Err(Trouble::Damaged(verdict)));
    }
    // A negative number is as unknown as one that is too high.
    Ok(Ok(usize::try_from(version).unwrap_or(usize::MAX)))
}

/// Renames the database and what belongs to it, to a name that is not taken. Returns the new name.
fn set_aside(path: &Path, now: TimeNs) -> io::Result<PathBuf> {
    let time = UNIX_EPOCH + Duration::from_nanos(now.0.max(0) as u64);
    let time = humantime::format_rfc3339_seconds(time).to_string();
    let time = time.replace(['-', ':'], "");
    let mut aside = with_suffix(path, &format!(".damaged-{time}"));
    for attempt in 2.. {
        if !aside.try_exists()? {
            break;
        }
        aside = with_suffix(path, &format!(".damaged-{time}-{attempt}"));
    }
    // The log goes first: were the server to end in between, it must not stay behind for another database.
    for suffix in ["-wal", "-shm", ""] {
        match fs::rename(with_suffix(path, suffix), with_suffix(&aside, suffix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            done => done?,
        }
    }
    Ok(aside)
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}
