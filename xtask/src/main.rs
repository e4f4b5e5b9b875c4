//! Builds, serves, tests and measures Beamdeck.

fn main() {}
