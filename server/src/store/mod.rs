//! What survives a restart: one SQLite database per instrument, with one writer.
//!
//! It holds what people arranged and the templates they keep, which of the instrument's grids were arranged once, and which
//! edits were answered. It knows nothing of the shared state: whoever commits there writes here first.

mod lock;
mod log;
mod migrate;
mod open;
mod read;
mod rescue;
mod templates;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{
    Connection, ErrorCode, OptionalExtension as _, Transaction, TransactionBehavior, params,
};
use shared::id::GridId;
use shared::time::TimeNs;
use shared::topology::{Piece, PieceId};
use uuid::Uuid;

use lock::Lock;
pub use read::Kept;

/// How long a repeat of an edit is recognised.
const ANSWERED_NS: i64 = 600 * 1_000_000_000;

/// The database.
#[derive(Debug)]
pub struct Store {
    inner: Mutex<Inner>,
    opened: Opened,
    /// Held as long as the process runs; none of a database in memory.
    lock: Option<Lock>,
}

#[derive(Debug)]
struct Inner {
    connection: Connection,
    /// How many rows could not be read.
    unreadable: usize,
    /// Why the last write failed; none while writes succeed.
    failing: Option<String>,
    /// When the log last grew; none while all is in the database itself.
    logged: Option<Instant>,
}

/// How the database was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Whole, or not there yet.
    AsItWas,
    /// Damaged: it was set aside, and another was begun, with what could be saved of it.
    Replaced {
        /// Where the damaged one is.
        aside: PathBuf,
        /// What is wrong with it.
        reason: String,
        /// What of it is shown, in words.
        shown: String,
    },
}

/// The database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another server has it.
    #[error(
        "another Beamdeck uses {}: stop it, or choose another data folder by --data-dir", path.display()
    )]
    InUse {
        /// The file that says so.
        path: PathBuf,
    },
    /// The lock beside it cannot be taken.
    #[error("the lock {} cannot be taken: {source}", path.display())]
    Lock {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It was written by a later release.
    #[error(
        "the database {} has the schema {found}, this Beamdeck knows {known}: use the newer Beamdeck that wrote it, or another data folder",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: usize,
        /// The newest known here.
        known: usize,
    },
    /// It is damaged and cannot be renamed.
    #[error("the damaged database {} cannot be set aside: {source}; move it away by hand", path.display())]
    Aside {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It cannot be opened, though it may be whole.
    #[error("the database {} cannot be opened: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// It cannot be read.
    #[error("what is kept cannot be read: {0}")]
    Read(#[source] rusqlite::Error),
    /// Nothing was written.
    #[error("nothing was changed, since it could not be saved: {0}")]
    Write(#[source] rusqlite::Error),
}

/// What one edit changes: all of it is written, or nothing.
#[derive(Clone, Debug, Default)]
pub struct Writes {
    /// Pieces as they shall be.
    pub puts: Vec<Piece>,
    /// Pieces that are gone; what they held is named too.
    pub removals: Vec<PieceId>,
    /// Grids of the instrument that are arranged hereby.
    pub seeded: Vec<GridId>,
    /// How a repeat of the edit is recognised.
    pub answered: Option<Answered>,
    /// When.
    pub now: TimeNs,
}

/// An edit that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The key that its caller gave it.
    pub key: String,
    /// What it asked for.
    pub fingerprint: Uuid,
    /// The pieces that it concerned.
    pub pieces: Vec<PieceId>,
}

impl Store {
    /// Opens the database of `instrument` in `folder`, or begins one. A damaged one is set aside, never overwritten.
    ///
    /// # Errors
    /// When another server uses it, a later release wrote it, or the file system refuses.
    pub fn open(folder: &Path, instrument: &str, now: TimeNs) -> Result<Self, StoreError> {
        let path = folder.join(format!("{instrument}.sqlite3"));
        let lock = Lock::take(folder.join(format!("{instrument}.lock")), &path)?;
        let (connection, opened) = open::open(&path, now, lock.noted())?;
        Ok(Self::new(connection, opened, Some(lock)))
    }

    /// A database that is kept nowhere, for tests.
    pub fn in_memory() -> Self {
        let connection = open::in_memory().expect("memory can be written");
        Self::new(connection, Opened::AsItWas, None)
    }

    fn new(connection: Connection, opened: Opened, lock: Option<Lock>) -> Self {
        Self {
            inner: Mutex::new(Inner {
                connection,
                unreadable: 0,
                failing: None,
                // Whoever wrote before may have left a log.
                logged: Some(Instant::now()),
            }),
            opened,
            lock,
        }
    }

    /// How the database was found.
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// What people should know about it; none while all is well.
    pub fn trouble(&self) -> Option<String> {
        let inner = self.inner();
        if let Some(failing) = &inner.failing {
            return Some(format!("edits cannot be saved: {failing}"));
        }
        if let Opened::Replaced {
            aside,
            reason,
            shown,
        } = &self.opened
        {
            return Some(format!(
                "the database was damaged ({reason}): it is kept as {}, and {shown}",
                aside.display()
            ));
        }
        (inner.unreadable > 0).then(|| {
            format!(
                "{} entries of the database cannot be read and are left out; the log names them",
                inner.unreadable
            )
        })
    }

    /// What is kept.
    ///
    /// # Errors
    /// When the file cannot be read. Single entries that make no sense are left out, and stay where they are.
    pub fn kept(&self) -> Result<Kept, StoreError> {
        let mut inner = self.inner();
        let kept = read::kept(&inner.connection).map_err(StoreError::Read)?;
        inner.unreadable = kept.unreadable.len();
        Ok(kept)
    }

    /// The edit that was answered under `key` within the last ten minutes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn answered(&self, key: &str, now: TimeNs) -> Result<Option<Answered>, StoreError> {
        let inner = self.inner();
        let query = "SELECT fingerprint, pieces FROM answered WHERE key = ?1 AND time_ns > ?2";
        let since = now.0.saturating_sub(ANSWERED_NS);
        let found = inner
            .connection
            .query_row(query, params![key, since], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            });
        let found = found.optional().map_err(StoreError::Read)?;
        // What does not read any more recognises nothing.
        Ok(found.and_then(|(fingerprint, pieces)| {
            Some(Answered {
                key: key.to_owned(),
                fingerprint: fingerprint.parse().ok()?,
                pieces: serde_json::from_str(&pieces).ok()?,
            })
        }))
    }

    /// Writes all of `writes`, or nothing. What is written is on the disk when this returns.
    ///
    /// # Errors
    /// When the disk is full or fails: nothing is changed then.
    pub fn write(&self, writes: &Writes) -> Result<(), StoreError> {
        self.change(|transaction| write(transaction, writes))
    }

    /// Makes a change in a transaction of its own, and notes whether the disk takes it.
    fn change<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut inner = self.inner();
        let changed = in_transaction(&mut inner.connection, change);
        inner.failing = changed.as_ref().err().map(ToString::to_string);
        inner.logged = Some(Instant::now());
        let changed = changed.map_err(StoreError::Write)?;
        self.lock.iter().for_each(Lock::note);
        Ok(changed)
    }

    /// Moves what is in the write-ahead log to the database itself, once nothing was written for `idle`: the less stands
    /// in the log, the less its damage can cost. Whoever reads meanwhile is not waited for; it is tried again then.
    pub fn checkpoint(&self, idle: Duration) {
        let mut inner = self.inner();
        if inner.logged.is_none_or(|logged| logged.elapsed() < idle) {
            return;
        }
        match checkpoint(&inner.connection) {
            Ok(true) => inner.logged = None,
            Ok(false) => {}
            Err(error) => tracing::warn!("the log of the database stays as it is: {error}"),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // A writer that panicked has committed nothing: its transaction ended with it.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StoreError {
    /// True when there is no room for what was to be written.
    pub fn is_full(&self) -> bool {
        let (Self::Read(source) | Self::Write(source) | Self::Open { source, .. }) = self else {
            return false;
        };
        source.sqlite_error_code() == Some(ErrorCode::DiskFull)
    }
}

fn in_transaction<T>(
    connection: &mut Connection,
    change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let changed = change(&transaction)?;
    transaction.commit()?;
    Ok(changed)
}

fn write(transaction: &Transaction<'_>, writes: &Writes) -> rusqlite::Result<()> {
    for piece in &writes.puts {
        let (kind, id) = key_of(piece.id());
        let statement = "INSERT INTO piece (kind, id, value) VALUES (?1, ?2, ?3)
            ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value";
        transaction.execute(statement, params![kind, id, value_of(piece)])?;
    }
    for id in &writes.removals {
        let (kind, id) = key_of(*id);
        let statement = "DELETE FROM piece WHERE kind = ?1 AND id = ?2";
        transaction.execute(statement, params![kind, id])?;
    }
    for grid in &writes.seeded {
        let statement = "INSERT OR IGNORE INTO seeded (grid) VALUES (?1)";
        transaction.execute(statement, params![grid.to_string()])?;
    }
    transaction.execute(
        "DELETE FROM answered WHERE time_ns <= ?1",
        params![writes.now.0.saturating_sub(ANSWERED_NS)],
    )?;
    if let Some(answered) = &writes.answered {
        let pieces = serde_json::to_string(&answered.pieces).expect("ids can be written as JSON");
        let statement = "INSERT OR REPLACE INTO answered (key, fingerprint, pieces, time_ns)
            VALUES (?1, ?2, ?3, ?4)";
        let fingerprint = answered.fingerprint.to_string();
        transaction.execute(
            statement,
            params![answered.key, fingerprint, pieces, writes.now.0],
        )?;
    }
    Ok(())
}

/// Says whether the log is empty now.
fn checkpoint(connection: &Connection) -> rusqlite::Result<bool> {
    connection.busy_timeout(Duration::ZERO)?;
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
        row.get::<_, i64>(0)
    });
    connection.busy_timeout(open::PATIENCE)?;
    Ok(busy? == 0)
}

fn key_of(id: PieceId) -> (&'static str, String) {
    let text = match id {
        PieceId::Grid(id) => id.to_string(),
        PieceId::Cell(id) => id.to_string(),
        PieceId::Layer(id) => id.to_string(),
        PieceId::Region(id) => id.to_string(),
    };
    (id.kind(), text)
}

fn value_of(piece: &Piece) -> String {
    let text = match piece {
        Piece::Grid(grid) => serde_json::to_string(grid),
        Piece::Cell(cell) => serde_json::to_string(cell),
        Piece::Layer(layer) => serde_json::to_string(layer),
        Piece::Region(region) => serde_json::to_string(region),
    };
    text.expect("pieces can be written as JSON")
}

#[cfg(test)]
mod tests;
