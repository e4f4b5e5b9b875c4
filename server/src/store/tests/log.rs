//! Damage in the write-ahead log: of a server that was killed, all edits stand there.

use super::*;

/// Bytes of a frame with its page.
const FRAME: usize = 24 + 4096;

/// A folder as a server leaves it that is killed after `n` grids, each written for itself.
fn killed(n: usize) -> (tempfile::TempDir, PathBuf) {
    killed_after(n, |_| {})
}

fn killed_after(n: usize, last: impl FnOnce(&Store)) -> (tempfile::TempDir, PathBuf) {
    let (left, path) = killed_with_note(n, last);
    fs::remove_file(left.path().join("dummy.lock")).unwrap();
    (left, path)
}

fn numbered(n: usize) -> Piece {
    Piece::Grid(Grid {
        id: GridId::derived(&n.to_string()),
        title: "x".repeat(n * 37 % 900 + 1),
        nrows: 1,
        ncols: 1,
        enabled: true,
        order: n as i32,
    })
}

fn wal(path: &Path) -> PathBuf {
    path.with_extension("sqlite3-wal")
}

/// Writes noise over the log from byte `at` on.
fn harm(path: &Path, at: usize, n: usize) {
    let mut bytes = fs::read(wal(path)).unwrap();
    for byte in &mut bytes[at..at + n] {
        *byte ^= 0xA5;
    }
    fs::write(wal(path), bytes).unwrap();
}

/// How many grids there are; they are the first ones, each as it was written.
fn grids(store: &Store) -> usize {
    let kept = store.kept().unwrap();
    assert_eq!(kept.unreadable, Vec::<String>::new());
    let n = kept.arrangement.grids.len();
    let expected: Vec<Piece> = (0..n).map(numbered).collect();
    assert_eq!(kept.arrangement, arranged(&expected));
    n
}

#[test]
fn a_damaged_log_is_set_aside_and_what_was_written_before_is_shown() {
    let (folder, path) = killed(60);
    let size = fs::metadata(wal(&path)).unwrap().len() as usize;
    assert!(size > 200_000, "{size}");
    // Within a page, in the head of a frame, and both numbers that a frame is recognised by.
    for (at, n) in [
        (150_000, 100),
        (32 + 50 * FRAME, 8),
        (32 + 60 * FRAME + 8, 16),
    ] {
        let copy = tempfile::tempdir().unwrap();
        let path = copy.path().join("dummy.sqlite3");
        for name in ["dummy.sqlite3", "dummy.sqlite3-wal"] {
            fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
        }
        harm(&path, at, n);
        let harmed = [&path, &wal(&path)].map(|it| fs::read(it).unwrap());
        let store = open(copy.path());
        let Opened::Replaced { aside, reason, .. } = store.opened() else {
            panic!("damage at {at} was not seen");
        };
        let suffixed = PathBuf::from(format!("{}-wal", aside.display()));
        let kept = [aside.clone(), suffixed].map(|it| fs::read(it).unwrap());
        assert!(kept == harmed, "set aside byte for byte");
        let frame = (at - 32) / FRAME;
        let begin = format!("from byte {} on", 32 + frame * FRAME);
        assert!(reason.contains(&begin), "{reason}");
        let n = grids(&store);
        assert!((1..60).contains(&n), "{n} of 60 are shown");
        let told = store.trouble().unwrap();
        assert!(told.contains(aside.to_str().unwrap()), "{told}");
        // The write that the damaged frame belongs to may not be recognised any more.
        let lost = |lost: usize| told.contains(&format!("at least {lost} later writes are not"));
        assert!(lost(60 - n) || lost(59 - n), "{n} are shown: {told}");
        store.write(&puts(&[numbered(n)])).unwrap();
        drop(store);
        let store = open(copy.path());
        assert_eq!(store.opened(), &Opened::AsItWas);
        assert_eq!(grids(&store), n + 1);
    }
}

#[test]
fn a_log_whose_header_is_damaged_is_set_aside() {
    for n in [4, 60] {
        let (folder, path) = killed(20);
        harm(&path, 0, n);
        let store = open(folder.path());
        let Opened::Replaced { shown, .. } = store.opened() else {
            panic!("it was taken for whole");
        };
        assert_eq!(grids(&store), 0);
        assert!(shown.contains("not shown"), "{shown}");
    }
}

#[test]
fn a_write_that_was_cut_short_is_no_damage() {
    let (_folder, path) = killed(20);
    let log = fs::read(wal(&path)).unwrap();
    let main = fs::read(&path).unwrap();
    let n_frames = (log.len() - 32) / FRAME;
    // Cut anywhere, or the last frame never arrived.
    let mut logs: Vec<Vec<u8>> = vec![log[..log.len() - 1_000].to_vec(), log[..40].to_vec()];
    logs.extend((0..n_frames).map(|n| log[..32 + n * FRAME + 100].to_vec()));
    let mut torn = log.clone();
    torn[32 + (n_frames - 1) * FRAME + 500..].fill(0);
    logs.push(torn);
    for log in logs {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("dummy.sqlite3"), &main).unwrap();
        fs::write(folder.path().join("dummy.sqlite3-wal"), &log).unwrap();
        let store = open(folder.path());
        assert_eq!(store.opened(), &Opened::AsItWas, "{} bytes", log.len());
        grids(&store);
    }
}

#[test]
fn frames_from_before_a_checkpoint_are_no_damage() {
    let (folder, _path) = killed_after(20, |store| {
        let query = "PRAGMA wal_checkpoint(RESTART)";
        let inner = store.inner();
        inner.connection.query_row(query, [], |_| Ok(())).unwrap();
        drop(inner);
        store.write(&puts(&[numbered(20)])).unwrap();
    });
    let store = open(folder.path());
    assert_eq!(store.opened(), &Opened::AsItWas);
    assert_eq!(grids(&store), 21);
}

#[test]
fn a_write_that_was_never_finished_is_no_damage_though_the_next_one_goes_over_its_start() {
    let (folder, path) = killed(20);
    let log = fs::read(wal(&path)).unwrap();
    // Two servers are killed: one within a write of many frames, one after a small write over the first of them.
    let store = open(folder.path());
    let long = layer("c", &format!(r#"{{"text":"{}"}}"#, "x".repeat(40_000)));
    store
        .write(&puts(&[grid("Grid"), cell("c", None), long]))
        .unwrap();
    let mut unfinished = fs::read(wal(&path)).unwrap();
    assert!(unfinished.starts_with(&log), "the log goes on where it was");
    let main = fs::read(&path).unwrap();
    drop(store);
    // The server was killed before it could acknowledge the write.
    fs::remove_file(folder.path().join("dummy.lock")).unwrap();
    let end = unfinished.len() - FRAME;
    unfinished.truncate(end);
    fs::write(&path, &main).unwrap();
    fs::write(wal(&path), &unfinished).unwrap();
    let store = open(folder.path());
    assert_eq!(grids(&store), 20);
    store.write(&puts(&[numbered(20)])).unwrap();
    let again = fs::read(wal(&path)).unwrap();
    assert_eq!(
        again.len(),
        unfinished.len(),
        "what was not finished is still there"
    );
    drop(store);
    fs::write(&path, &main).unwrap();
    fs::write(wal(&path), &again).unwrap();
    let store = open(folder.path());
    assert_eq!(store.opened(), &Opened::AsItWas);
    assert_eq!(grids(&store), 21);
}

#[test]
fn what_a_checkpoint_copied_is_not_taken_back_by_the_log() {
    let (folder, path) = killed_after(60, |store| {
        let query = "PRAGMA wal_checkpoint(PASSIVE)";
        let inner = store.inner();
        inner.connection.query_row(query, [], |_| Ok(())).unwrap();
    });
    harm(&path, 150_000, 100);
    let store = open(folder.path());
    assert!(matches!(store.opened(), Opened::Replaced { .. }));
    assert_eq!(grids(&store), 60, "the database itself has them all");
}

#[test]
fn the_log_is_emptied_once_nobody_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dummy.sqlite3");
    let store = open(folder.path());
    store.write(&puts(&all())).unwrap();
    let size = || fs::metadata(wal(&path)).unwrap().len();
    store.checkpoint(Duration::from_mins(1));
    assert!(size() > 0, "something was written just now");
    // Whoever reads the file keeps the log, and is not waited for.
    let reader = Connection::open(&path).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM piece;")
        .unwrap();
    store.write(&puts(&[grid("Another title")])).unwrap();
    let begun = Instant::now();
    store.checkpoint(Duration::ZERO);
    assert!(begun.elapsed() < Duration::from_secs(1));
    assert!(size() > 0);
    drop(reader);
    store.checkpoint(Duration::ZERO);
    assert_eq!(size(), 0);
    let kept = store.kept().unwrap();
    assert_eq!(kept.arrangement.grids.len(), 1);
}

/// What a killed server leaves, the note of what it acknowledged included.
fn killed_with_note(n: usize, last: impl FnOnce(&Store)) -> (tempfile::TempDir, PathBuf) {
    let [running, left] = [(), ()].map(|()| tempfile::tempdir().unwrap());
    let store = open(running.path());
    for title in 0..n {
        store.write(&puts(&[numbered(title)])).unwrap();
    }
    last(&store);
    for name in ["dummy.sqlite3", "dummy.sqlite3-wal", "dummy.lock"] {
        fs::copy(running.path().join(name), left.path().join(name)).unwrap();
    }
    let path = left.path().join("dummy.sqlite3");
    (left, path)
}

#[test]
fn damage_in_the_last_write_is_told_from_a_write_that_was_cut_short() {
    // Its last byte, its first frame's head, and the end of the file gone.
    let harms: [fn(&Path, usize); 3] = [
        |path, len| harm(path, len - 1, 1),
        |path, len| harm(path, len - FRAME, 24),
        |path, len| {
            let log = fs::OpenOptions::new().write(true).open(wal(path)).unwrap();
            log.set_len(len as u64 - 1).unwrap();
        },
    ];
    for harmed in harms {
        let (folder, path) = killed_with_note(20, |_| {});
        let len = fs::metadata(wal(&path)).unwrap().len() as usize;
        harmed(&path, len);
        let store = open(folder.path());
        let Opened::Replaced { aside, .. } = store.opened() else {
            panic!("an acknowledged write is gone without a word");
        };
        assert!(aside.exists());
        assert_eq!(grids(&store), 19);
        let told = store.trouble().unwrap();
        assert!(told.contains("at least 1 later writes are not"), "{told}");
        store.write(&puts(&[numbered(19)])).unwrap();
        drop(store);
        let store = open(folder.path());
        assert_eq!(
            store.opened(),
            &Opened::AsItWas,
            "the note is of the new log"
        );
        assert_eq!(grids(&store), 20);
    }
}

#[test]
fn what_was_not_acknowledged_is_no_damage() {
    let (folder, path) = killed_with_note(20, |_| {});
    let mut log = fs::read(wal(&path)).unwrap();
    let n_frames = (log.len() - 32) / FRAME;
    // Begun and never finished: a frame of the next write stands behind, cut short.
    let next = log[32..32 + FRAME - 500].to_vec();
    log.extend(next);
    fs::write(wal(&path), &log).unwrap();
    let store = open(folder.path());
    assert_eq!(store.opened(), &Opened::AsItWas, "{n_frames} frames");
    assert_eq!(grids(&store), 20);
}

#[test]
fn a_note_of_another_log_or_none_at_all_sees_no_damage() {
    let notes: [fn(&Path); 3] = [
        |lock| fs::write(lock, b"").unwrap(),
        |lock| fs::write(lock, [0xA5; 100]).unwrap(),
        |lock| fs::write(lock, [0; 100]).unwrap(),
    ];
    for spoil in notes {
        let (folder, path) = killed_with_note(20, |_| {});
        spoil(&folder.path().join("dummy.lock"));
        let len = fs::metadata(wal(&path)).unwrap().len() as usize;
        harm(&path, len - 1, 1);
        let store = open(folder.path());
        assert_eq!(store.opened(), &Opened::AsItWas);
        assert_eq!(grids(&store), 19);
    }
    // The log begins anew: what was noted of the one before says nothing of it.
    let (folder, _path) = killed_with_note(20, |store| {
        let note = store.lock.as_ref().unwrap().noted().unwrap();
        assert!(note.frames > 20, "{note:?}");
        store.checkpoint(Duration::ZERO);
        let inner = store.inner();
        let statement = "INSERT INTO answered VALUES ('k', 'f', '[]', 1)";
        inner.connection.execute(statement, []).unwrap();
    });
    let store = open(folder.path());
    assert_eq!(store.opened(), &Opened::AsItWas);
    assert_eq!(grids(&store), 20);
}

#[test]
fn a_last_write_that_the_database_has_is_shown_though_the_log_lost_it() {
    let (folder, path) = killed_with_note(20, |store| {
        let query = "PRAGMA wal_checkpoint(PASSIVE)";
        store
            .inner()
            .connection
            .query_row(query, [], |_| Ok(()))
            .unwrap();
        store.lock.as_ref().unwrap().note();
    });
    let len = fs::metadata(wal(&path)).unwrap().len() as usize;
    harm(&path, len - 1, 1);
    let store = open(folder.path());
    assert!(matches!(store.opened(), Opened::Replaced { .. }));
    assert_eq!(grids(&store), 20);
}
