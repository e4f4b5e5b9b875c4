//! Leases, counts and limits, in numbers.

use shared::presence::MAX_NAMES;

use super::*;

/// A look of somebody called Anna.
fn look<'a>(grids: &'a [GridId], asked: &'a [LayerId]) -> Look<'a> {
    Look {
        grids,
        asked,
        name: Some("Anna"),
    }
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn a_grid_is_viewed_until_the_lease_of_its_last_session_ends() {
    let registry = SessionRegistry::default();
    let (id, grid, start) = (SessionId::random(), GridId::random(), Instant::now());
    assert_eq!(
        registry.handle_sync(id, look(&[grid], &[]), start),
        Ok(true)
    );
    let other = SessionId::random();
    assert_eq!(
        registry.handle_sync(other, look(&[grid], &[]), start),
        Ok(false)
    );
    assert_eq!(registry.handle_wake_opened(&[id], start), Ok(()));
    let later = start + secs(60);
    assert_eq!(registry.viewed_grids(later), BTreeSet::from([grid]));
    assert_eq!(registry.len(), 1, "the other's lease has ended");
    registry.handle_wake_closed(&[id], later);
    assert_eq!(registry.viewed_grids(later + secs(14)).len(), 1);
    assert!(registry.viewed_grids(later + secs(15)).is_empty());
    assert!(registry.is_empty(), "expired sessions are forgotten");
    assert!(registry.lock().ending.is_empty());
}

#[test]
fn a_session_looks_at_all_its_grids_and_leaves_those_it_no_longer_names() {
    let registry = SessionRegistry::default();
    let (id, now) = (SessionId::random(), Instant::now());
    let [a, b, c] = ["a", "b", "c"].map(GridId::derived);
    assert_eq!(registry.handle_sync(id, look(&[a, b], &[]), now), Ok(true));
    assert_eq!(registry.handle_sync(id, look(&[b, c], &[]), now), Ok(true));
    assert_eq!(registry.viewed_grids(now), BTreeSet::from([b, c]));
    assert_eq!(registry.handle_sync(id, look(&[b, c], &[]), now), Ok(false));
    assert_eq!(registry.grids_of(id), [b, c]);
    assert_eq!(registry.handle_sync(id, look(&[], &[]), now), Ok(false));
    assert!(registry.viewed_grids(now).is_empty());
}

#[test]
fn hidden_layers_are_looked_at_by_those_who_ask_for_them() {
    let registry = SessionRegistry::default();
    let (id, other, now) = (SessionId::random(), SessionId::random(), Instant::now());
    let [a, b] = ["a", "b"].map(LayerId::derived);
    registry
        .handle_sync(id, look(&[], &[a, b]), now)
        .expect("room");
    registry
        .handle_sync(other, look(&[], &[b]), now)
        .expect("room");
    assert_eq!(registry.asked_layers(), BTreeSet::from([a, b]));
    registry.handle_sync(id, look(&[], &[]), now).expect("room");
    assert_eq!(registry.asked_layers(), BTreeSet::from([b]));
    registry.handle_closed(other);
    assert!(registry.asked_layers().is_empty());

    registry
        .handle_sync(id, look(&[], &[a]), now)
        .expect("room");
    registry.viewed_grids(now + LEASE);
    assert!(registry.asked_layers().is_empty(), "its lease has ended");
}

#[test]
fn a_closed_page_looks_at_nothing_and_may_come_back() {
    let registry = SessionRegistry::default();
    let (id, grid, now) = (SessionId::random(), GridId::random(), Instant::now());
    registry
        .handle_sync(id, look(&[grid], &[]), now)
        .expect("room");
    registry.handle_closed(id);
    assert!(registry.is_empty());

    registry
        .handle_sync(id, look(&[grid], &[]), now)
        .expect("room");
    registry.handle_wake_opened(&[id], now).expect("room");
    registry.handle_closed(id);
    assert!(registry.viewed_grids(now).is_empty());
    assert_eq!(registry.handle_sync(id, look(&[grid], &[]), now), Ok(true));
    let later = now + secs(60);
    assert_eq!(registry.viewed_grids(later).len(), 1, "its wake is open");
    registry.handle_closed(SessionId::random());
    assert_eq!(registry.len(), 1);
}

#[test]
fn limits_are_told_and_leave_nothing_half_done() {
    let registry = SessionRegistry::default();
    let now = Instant::now();
    let grids: Vec<GridId> = (0..17).map(|_| GridId::random()).collect();
    let id = SessionId::random();
    let refused = registry.handle_sync(id, look(&grids, &[]), now);
    assert_eq!(refused, Err(SessionError::TooManyGrids));
    for _ in 1..MAX_SESSIONS {
        registry
            .handle_sync(SessionId::random(), look(&grids[..1], &[]), now)
            .expect("there is room");
    }
    let two = [SessionId::random(), SessionId::random()];
    let refused = registry.handle_wake_opened(&two, now);
    assert_eq!(refused, Err(SessionError::Full));
    assert_eq!(registry.len(), MAX_SESSIONS - 1);
    assert_eq!(registry.handle_wake_opened(&two[..1], now), Ok(()));
    let refused = registry.handle_sync(id, look(&grids[..1], &[]), now);
    assert_eq!(refused, Err(SessionError::Full));
    let later = now + LEASE;
    assert_eq!(
        registry.handle_sync(id, look(&grids[..1], &[]), later),
        Ok(true)
    );
    assert_eq!(registry.len(), 2);
}

#[test]
fn everybody_is_told_of_the_others_and_of_what_they_change() {
    let registry = SessionRegistry::default();
    let [a, b, c] = [(); 3].map(|()| SessionId::random());
    let (grid, elsewhere) = (GridId::derived("g"), GridId::derived("e"));
    let (cell, now) = (CellId::derived("c"), Instant::now());
    for (id, at) in [(a, grid), (b, grid), (c, elsewhere)] {
        registry
            .handle_sync(id, look(&[at], &[]), now)
            .expect("room");
    }
    let mut changes = registry.watch_presence();
    let told = |others, editing: &[CellId]| Presence {
        others,
        names: vec!["Anna".into(); others],
        editing: editing
            .iter()
            .map(|cell| Editor {
                cell: *cell,
                name: "Anna".into(),
            })
            .collect(),
    };
    assert_eq!(registry.presence_of(a), told(1, &[]));
    assert_eq!(registry.presence_of(c), told(0, &[]));
    registry
        .handle_sync(b, look(&[grid], &[]), now)
        .expect("room");
    let script = Look {
        grids: &[grid],
        ..Look::default()
    };
    registry
        .handle_sync(SessionId::random(), script, now)
        .expect("room");
    assert!(
        !changes.has_changed().expect("it is there"),
        "b goes on looking, and scripts are nobody"
    );

    registry.handle_editing(b, Some(cell));
    assert!(changes.has_changed().expect("it is there"));
    changes.mark_unchanged();
    assert_eq!(registry.presence_of(a), told(1, &[cell]));
    assert_eq!(registry.presence_of(b), told(1, &[]), "not of its own");
    registry.handle_editing(SessionId::random(), Some(cell));
    assert!(
        !changes.has_changed().expect("it is there"),
        "nobody looking"
    );

    registry.handle_closed(b);
    assert_eq!(registry.presence_of(a), told(0, &[]));
    assert!(changes.has_changed().expect("it is there"));
    registry.handle_editing(a, Some(cell));
    assert_eq!(registry.viewed_grids(now + LEASE).len(), 0);
    assert!(registry.lock().editors.is_empty(), "its lease has ended");
}

#[test]
fn names_are_told_up_to_some_and_refused_where_nobody_can_read_them() {
    let registry = SessionRegistry::default();
    let (grids, now) = ([GridId::derived("g")], Instant::now());
    let sync = |id, name: &str| {
        let look = Look {
            grids: &grids,
            name: Some(name),
            ..Look::default()
        };
        registry.handle_sync(id, look, now)
    };
    let own = SessionId::random();
    assert_eq!(sync(own, "Own"), Ok(true));
    for n in 0..=MAX_NAMES {
        assert_eq!(sync(SessionId::random(), &format!("{n}")), Ok(false));
    }
    let presence = registry.presence_of(own);
    assert_eq!(presence.others, MAX_NAMES + 1);
    assert_eq!(presence.names.len(), MAX_NAMES);
    for name in ["", "two\nlines", &"n".repeat(MAX_NAME_CHARS + 1)] {
        assert_eq!(sync(own, name), Err(SessionError::Name));
    }
    assert_eq!(sync(own, &"ä".repeat(MAX_NAME_CHARS)), Ok(false));
}

#[tokio::test]
async fn presence_is_told_at_once_and_then_once_a_second() {
    let registry = Arc::new(SessionRegistry::default());
    let (own, grid, now) = (SessionId::random(), GridId::random(), Instant::now());
    registry
        .handle_sync(own, look(&[grid], &[]), now)
        .expect("room");
    let mut watch = PresenceWatch::new(Arc::clone(&registry), vec![own]);
    assert!(watch.current().is_empty(), "alone");
    let start = tokio::time::Instant::now();
    for others in 1..=3 {
        registry
            .handle_sync(SessionId::random(), look(&[grid], &[]), now)
            .expect("room");
        assert!(watch.current().is_empty(), "{others}: not yet");
    }
    watch.changed().await;
    let waited = start.elapsed();
    assert!(waited >= Duration::from_millis(900), "{waited:?}");
    assert_eq!(watch.current()[&own].others, 3);
    let given_up = tokio::time::timeout(Duration::from_millis(50), watch.changed()).await;
    assert!(given_up.is_err(), "nothing changes");
}
