//! The `beamdeck` command.

fn main() {}
