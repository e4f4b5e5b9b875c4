//! What ticks on a grid costs those who look at another one nothing.

use shared::id::{LayerId, SessionId};
use shared::sync::message::{PROTOCOL, SyncRequest};
use shared::sync::state::{Limits, SharedState, Transaction};
use shared::time::TimeNs;
use shared::version::Epoch;

use super::objects::{cell_object, grid_id, grid_object, layer_id, layer_object, next_frame};

/// A state with two grids of one layer each.
fn two_grids() -> SharedState {
    let mut state = SharedState::new(Epoch::random(), 0);
    let mut transaction = Transaction::new();
    for index in 0..2 {
        transaction
            .upsert(grid_object(index, index))
            .upsert(cell_object(index, index))
            .upsert(layer_object(index, index, index, index));
    }
    state.commit(transaction, TimeNs(0), Limits::default());
    state
}

/// Shows the next frame of a layer.
fn tick(state: &mut SharedState, layer: LayerId, salt: u64) {
    let slot = state.frames_of(layer).expect("the layer exists");
    let shown = slot.current().map(|(_, encoded)| encoded.frame());
    let frame = next_frame(layer, shown.map(|it| &**it), salt);
    let prepared = slot.prepare(layer, frame.into()).expect("a new picture");
    let mut transaction = Transaction::new();
    transaction.frame(prepared);
    state.commit(transaction, TimeNs(0), Limits::default());
}

#[test]
fn ticks_of_other_grids_add_nothing_to_an_answer() {
    let mut state = two_grids();
    let [ours, other] = [0, 1].map(layer_id);
    tick(&mut state, ours, 6);
    tick(&mut state, other, 6);
    let (version, _) = state.frames_of(ours).unwrap().current().unwrap();
    let request = SyncRequest {
        protocol: PROTOCOL,
        session: SessionId::random(),
        known: Some(state.stamp()),
        grid: Some(grid_id(0)),
        also: Vec::new(),
        have: vec![(ours, version)],
        notices: None,
        budget_bytes: None,
    };
    let concerned = state.concerns(&[grid_id(0)]);
    let before = state.answer(&request, TimeNs(1));
    for salt in 10..30 {
        tick(&mut state, other, salt);
    }
    let after = state.answer(&request, TimeNs(1));
    assert!(after.answer.stamp.revision > before.answer.stamp.revision);
    assert!(after.bodies.is_empty());
    let mut but_for_the_stamp = after.answer;
    but_for_the_stamp.stamp = before.answer.stamp;
    assert_eq!(but_for_the_stamp, before.answer);
    assert_eq!(state.concerns(&[grid_id(0)]), concerned, "no wake, either");
}
