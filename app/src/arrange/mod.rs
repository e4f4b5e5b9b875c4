//! Arranging: what a person changes of grids, cells and layers, how it is sent, and how it is taken back.
//!
//! [`Changes`] and [`History`] know no browser; [`Workspace`] is their place on the page.

mod changes;
mod draft;
mod grids;
mod history;
mod names;
mod place;
mod workspace;

pub use changes::{Changes, Seen};
pub use draft::{Draft, axes_of, output_key, outputs_of};
pub use grids::{add_grid, empty_grid};
pub use history::History;
pub use place::{Drag, DragKind};
pub(crate) use workspace::{Dialog, Workspace};
