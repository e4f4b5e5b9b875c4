//! What the server answers over HTTP: one handler per file.

pub mod assets;
