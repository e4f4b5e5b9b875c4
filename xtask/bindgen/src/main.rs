//! Turns a compiled client into what a browser loads.

fn main() {}
