//! What can happen, in the order in which chance brings it.

use proptest::bool::weighted;
use proptest::prelude::*;

pub(super) const GRIDS: u8 = 3;
pub(super) const CELLS: u8 = 6;
pub(super) const LAYERS: u8 = 12;
pub(super) const CLIENTS: usize = 3;
#[derive(Clone, Debug)]
pub(super) enum Step {
    PutGrid(u8, u8),
    PutCell(u8, u8),
    PutLayer {
        layer: u8,
        cell: u8,
        title: u8,
        config: u8,
        hidden: bool,
    },
    Remove(u8, u8),
    Tick {
        grid: u8,
        salt: u64,
    },
    /// A frame computed before something else happens, committed after it.
    LateFrame {
        layer: u8,
        then: u8,
    },
    Clear(u8),
    State(u8, bool),
    Notify,
    Restart,
    ShowGrid(usize, Option<u8>),
    Wake(usize),
    OldWake(usize),
    Call(usize),
    /// The server reads the request and answers; the answer is on its way.
    Serve(usize),
    /// The request is repeated by the network: the server answers it again.
    ServeAgain(usize),
    Deliver(usize),
    /// An answer of a call long given up arrives.
    DeliverOld(usize),
    Drop(usize),
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let client = 0..CLIENTS;
    prop_oneof![
        2 => (0..GRIDS, any::<u8>()).prop_map(|(g, t)| Step::PutGrid(g, t)),
        2 => (0..CELLS, 0..GRIDS).prop_map(|(c, g)| Step::PutCell(c, g)),
        3 => (0..LAYERS, 0..CELLS, 0..3_u8, 0..2_u8, weighted(0.2)).prop_map(|(layer, cell, title, config, hidden)| Step::PutLayer { layer, cell, title, config, hidden }),
        1 => (0..3_u8, any::<u8>()).prop_map(|(k, i)| Step::Remove(k, i)),
        8 => (0..GRIDS, any::<u64>()).prop_map(|(grid, salt)| Step::Tick { grid, salt }),
        1 => (0..LAYERS, 0..3_u8).prop_map(|(layer, then)| Step::LateFrame { layer, then }),
        1 => (0..LAYERS).prop_map(Step::Clear),
        1 => (0..LAYERS, any::<bool>()).prop_map(|(l, e)| Step::State(l, e)),
        1 => Just(Step::Notify),
        1 => prop_oneof![9 => Just(Step::Notify), 1 => Just(Step::Restart)],
        1 => (client.clone(), proptest::option::weighted(0.8, 0..GRIDS)).prop_map(|(c, g)| Step::ShowGrid(c, g)),
        4 => client.clone().prop_map(Step::Wake),
        1 => client.clone().prop_map(Step::OldWake),
        8 => client.clone().prop_map(Step::Call),
        8 => client.clone().prop_map(Step::Serve),
        1 => client.clone().prop_map(Step::ServeAgain),
        8 => client.clone().prop_map(Step::Deliver),
        1 => client.clone().prop_map(Step::DeliverOld),
        1 => client.prop_map(Step::Drop),
    ]
}
