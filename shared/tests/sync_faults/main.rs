//! The promises of the sync protocol under drops, repeats, reordering, delays, restarts and evictions.

mod objects;
mod other_grids;
mod step;
mod world;

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use step::step;
use world::World;

const RUNS: u32 = 220;
const STEPS: usize = 1_000;

#[test]
fn pages_equal_the_server_whatever_the_network_does() {
    let config = ProptestConfig {
        cases: RUNS,
        max_shrink_iters: 2_000,
        ..ProptestConfig::with_source_file(file!())
    };
    let (continued, differences) = (Cell::new(0), Cell::new(0));
    let run = |steps| {
        let mut world = World::new();
        for step in steps {
            world.run(step);
        }
        world.settle();
        prop_assert!(
            world.applied > 20,
            "too few answers arrived to mean anything"
        );
        continued.set(continued.get() + world.continued);
        differences.set(differences.get() + world.differences);
        Ok(())
    };
    let outcome = TestRunner::new(config).run(&vec(step(), STEPS), run);
    assert!(outcome.is_ok(), "{}", outcome.expect_err("it failed"));
    // A server that only ever tells everything anew would keep all promises but the one to be quick.
    assert!(
        continued.get() > 10 * RUNS as usize,
        "{} answers continued",
        continued.get()
    );
    assert!(
        differences.get() > RUNS as usize / 2,
        "{} frames told as differences",
        differences.get()
    );
}
