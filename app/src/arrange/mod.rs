//! Arranging: what a person changes of grids, cells and layers, how it is sent, and how it is taken back.
//!
//! [`Changes`] and [`History`] know no browser; [`Workspace`] is their place on the page.

mod actions;
mod ahead;
mod beginnings;
mod changes;
mod copies;
mod draft;
mod fate;
mod grids;
mod history;
mod names;
mod place;
mod race;
mod workspace;

pub(crate) use actions::{Action, Offer, find as find_offers};
pub use beginnings::{Beginning, BeginningKey, Beginnings};
pub use changes::{Changes, Seen};
pub use copies::{copy_cell, copy_grid, place_for_copy};
pub use draft::{Draft, axes_of, output_key};
pub(crate) use fate::Fate;
pub use grids::{add_grid, empty_grid, shift_tab};
pub use history::{Deed, History, Next, Way};
pub use place::{Drag, DragKind, Place, neighbour};
pub(crate) use workspace::{Base, Dialog, Setback, Workspace};
