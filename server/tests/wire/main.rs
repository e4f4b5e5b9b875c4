//! The decoders under fire: arbitrary values come back unchanged, arbitrary bytes do no harm.

mod bad_bytes;
mod bad_messages;
mod hostile;
mod messages;
mod round_trip;
mod touch;
