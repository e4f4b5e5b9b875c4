//! Ingests the instrument's streams, reduces them, computes every plot layer once and serves it.

pub mod ingest;
pub mod instrument;
pub mod reduce;
pub mod routes;
pub mod wire;
