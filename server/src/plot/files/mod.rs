//! Grids as YAML documents: written for people to keep, read back as drafts that anybody may look at before
//! they become grids. Files of the facility's own live-data dashboard are read, too.

mod document;
mod draft;
mod format;
mod livedata;
mod read;
mod regions;
mod write;

pub use read::{At, FileError, read};
pub use write::{write_all, write_one, write_template};
