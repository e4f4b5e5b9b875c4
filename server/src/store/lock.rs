//! The file that says which server has the database, and how far the database's write-ahead log was acknowledged.
//!
//! A write that a crash cut short and damage in the last write look alike to whoever sees the log alone: it ends with
//! frames that do not fit. So it is remembered outside of the log how long it was when the last write was acknowledged.
//! Nobody waits for that to be on the disk: an older note, after a loss of power, sees less damage and never too much.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::log::{number_here, sums_here};
use super::open::with_suffix;

/// The lock; the system frees it however the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    /// SQLite's index of the log.
    index: PathBuf,
}

/// The log when the last write was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Acknowledged {
    /// Those of the log; another one has others.
    pub(super) salts: [u8; 8],
    /// How many frames it had.
    pub(super) frames: usize,
    /// So many of them were in the database, too.
    pub(super) copied: usize,
}

/// What is noted is the head of SQLite's index of the log, which is described in
/// <https://www.sqlite.org/walformat.html#the_wal_index_file_format>: a header that says its own checksum, the same once
/// more, and how many frames were copied into the database.
const NOTE_BYTES: usize = 100;
const HEADER_BYTES: usize = 48;

impl Lock {
    /// Takes the lock at `path`, which belongs to the database at `database`.
    pub(super) fn take(path: PathBuf, database: &Path) -> Result<Self, StoreError> {
        let taken = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(TryLockError::Error)
            .and_then(|file| file.try_lock().map(|()| file));
        let file = taken.map_err(|error| match error {
            TryLockError::WouldBlock => StoreError::InUse { path },
            TryLockError::Error(source) => StoreError::Lock { path, source },
        })?;
        let index = with_suffix(database, "-shm");
        Ok(Self { file, index })
    }

    /// Notes that all in the log is acknowledged.
    pub(super) fn note(&self) {
        let noted = || -> io::Result<()> {
            let mut note = [0; NOTE_BYTES];
            File::open(&self.index)?.read_exact_at(&mut note, 0)?;
            self.file.write_all_at(&note, 0)
        };
        if let Err(error) = noted() {
            tracing::warn!("the length of the database's log cannot be noted: {error}");
        }
    }

    /// What was noted; none where nothing was, or nothing that makes sense.
    pub(super) fn noted(&self) -> Option<Acknowledged> {
        let mut note = [0; NOTE_BYTES];
        self.file.read_exact_at(&mut note, 0).ok()?;
        let said = [number_here(&note, 40), number_here(&note, 44)];
        let is_whole = sums_here(&note[..40]) == said && note[..40] != [0; 40];
        is_whole.then(|| Acknowledged {
            salts: note[32..40].try_into().expect("eight bytes"),
            frames: number_here(&note, 16) as usize,
            copied: number_here(&note, 2 * HEADER_BYTES) as usize,
        })
    }
}
