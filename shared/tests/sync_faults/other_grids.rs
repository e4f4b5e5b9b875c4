//! What ticks out of sight costs those who look elsewhere nothing: on other grids, and in hidden layers.

use shared::id::{LayerId, SessionId};
use shared::sync::message::{PROTOCOL, SyncRequest};
use shared::sync::state::{Limits, SharedState, Transaction};
use shared::time::TimeNs;
use shared::version::Epoch;

use super::objects::{cell_object, grid_id, grid_object, hide, layer_id, layer_object, next_frame};

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

/// A call of a page that looks at the first grid.
fn first_call() -> SyncRequest {
    SyncRequest {
        protocol: PROTOCOL,
        session: SessionId::random(),
        name: None,
        known: None,
        grid: Some(grid_id(0)),
        also: Vec::new(),
        have: Vec::new(),
        notices: None,
        budget_bytes: None,
    }
}

#[test]
fn ticks_of_other_grids_add_nothing_to_an_answer() {
    let mut state = two_grids();
    let [ours, other] = [0, 1].map(layer_id);
    tick(&mut state, ours, 6);
    tick(&mut state, other, 6);
    let (version, _) = state.frames_of(ours).unwrap().current().unwrap();
    let request = SyncRequest {
        known: Some(state.stamp()),
        have: vec![(ours, version)],
        ..first_call()
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

#[test]
fn a_hidden_layer_is_told_to_those_who_ask_for_it_and_to_all_once_it_is_shown() {
    let mut state = two_grids();
    let layer = layer_id(0);
    let put = |state: &mut SharedState, object| {
        let mut transaction = Transaction::new();
        transaction.upsert(object);
        state.commit(transaction, TimeNs(0), Limits::default());
    };
    let told = |state: &SharedState, request: &SyncRequest| {
        let frames = state.answer(request, TimeNs(1)).answer.frames.into_iter();
        frames.map(|it| it.version).collect::<Vec<_>>()
    };
    tick(&mut state, layer, 6);
    let first = state.stamp();
    put(&mut state, hide(layer_object(0, 0, 0, 0)));
    tick(&mut state, layer, 7);
    let second = state.stamp();
    let request = SyncRequest {
        known: Some(first),
        have: vec![(layer, first.revision)],
        ..first_call()
    };
    assert_eq!(told(&state, &first_call()), []);
    assert_eq!(told(&state, &request), [], "the last picture may stay");
    let asking = SyncRequest {
        grid: None,
        also: vec![layer],
        ..request.clone()
    };
    assert_eq!(told(&state, &asking), [second.revision]);
    put(&mut state, layer_object(0, 0, 0, 0));
    assert_eq!(told(&state, &request), [second.revision]);
}
