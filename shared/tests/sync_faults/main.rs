//! The promises of the sync protocol under drops, repeats, reordering, delays, restarts and evictions.

mod objects;
mod step;
mod world;

use proptest::prelude::*;

use step::step;
use world::World;

proptest! {
    // 220 runs of 1,000 steps each.
    #![proptest_config(ProptestConfig { cases: 220, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn pages_equal_the_server_whatever_the_network_does(steps in proptest::collection::vec(step(), 1_000)) {
        let mut world = World::new();
        for step in steps {
            world.run(step);
        }
        world.settle();
        prop_assert!(world.applied > 20, "too few answers arrived to mean anything");
    }
}
