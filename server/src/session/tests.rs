//! Leases, counts and limits, in numbers.

use super::*;

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn a_grid_is_viewed_until_the_lease_of_its_last_session_ends() {
    let registry = SessionRegistry::default();
    let (id, grid, start) = (SessionId::random(), GridId::random(), Instant::now());
    assert_eq!(registry.handle_sync(id, &[grid], start), Ok(true));
    let other = SessionId::random();
    assert_eq!(registry.handle_sync(other, &[grid], start), Ok(false));
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
    assert_eq!(registry.handle_sync(id, &[a, b], now), Ok(true));
    assert_eq!(registry.handle_sync(id, &[b, c], now), Ok(true));
    assert_eq!(registry.viewed_grids(now), BTreeSet::from([b, c]));
    assert_eq!(registry.handle_sync(id, &[b, c], now), Ok(false));
    assert_eq!(registry.grids_of(id), [b, c]);
    assert_eq!(registry.handle_sync(id, &[], now), Ok(false));
    assert!(registry.viewed_grids(now).is_empty());
}

#[test]
fn a_closed_page_looks_at_nothing_and_may_come_back() {
    let registry = SessionRegistry::default();
    let (id, grid, now) = (SessionId::random(), GridId::random(), Instant::now());
    registry.handle_sync(id, &[grid], now).expect("room");
    registry.handle_closed(id);
    assert!(registry.is_empty());

    registry.handle_sync(id, &[grid], now).expect("room");
    registry.handle_wake_opened(&[id], now).expect("room");
    registry.handle_closed(id);
    assert!(registry.viewed_grids(now).is_empty());
    assert_eq!(registry.handle_sync(id, &[grid], now), Ok(true));
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
    let refused = registry.handle_sync(id, &grids, now);
    assert_eq!(refused, Err(SessionError::TooManyGrids));
    for _ in 1..MAX_SESSIONS {
        registry
            .handle_sync(SessionId::random(), &grids[..1], now)
            .expect("there is room");
    }
    let two = [SessionId::random(), SessionId::random()];
    let refused = registry.handle_wake_opened(&two, now);
    assert_eq!(refused, Err(SessionError::Full));
    assert_eq!(registry.len(), MAX_SESSIONS - 1);
    assert_eq!(registry.handle_wake_opened(&two[..1], now), Ok(()));
    let refused = registry.handle_sync(id, &grids[..1], now);
    assert_eq!(refused, Err(SessionError::Full));
    let later = now + LEASE;
    assert_eq!(registry.handle_sync(id, &grids[..1], later), Ok(true));
    assert_eq!(registry.len(), 2);
}
